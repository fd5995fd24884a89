package payments.dr.operations.migration.cutover;

import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.Marker;
import payments.dr.operations.migration.database.Replication;
import payments.dr.operations.migration.database.SqlChanges;
import payments.dr.operations.postgres.Cluster;

/**
 * Both databases in the direction that data flows.
 *
 * @param source takes writes
 * @param target follows
 */
record Sides(Database source, Database target) implements AutoCloseable {

  static Sides open(Cluster source, Cluster target, SqlChanges changes) {
    Database first = Database.open(source, changes);
    try {
      return new Sides(first, Database.open(target, changes));
    } catch (RuntimeException e) {
      first.close();
      throw e;
    }
  }

  Sides swapped() {
    return new Sides(target, source);
  }

  Replication replication() {
    return new Replication(source, target);
  }

  Marker marker() {
    return new Marker(source, target);
  }

  @Override
  public void close() {
    source.close();
    target.close();
  }
}
