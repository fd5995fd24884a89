package payments.dr.operations.migration.database;

import java.util.List;
import java.util.TreeSet;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.ApplicationTables;

/** The tables whose rows move: ordinary and leaves of partitioned ones, none of an extension's. */
public final class ReplicatedTables {

  /** A condition on {@code pg_class c} and {@code pg_namespace n}: tables whose rows move. */
  public static final String MOVED =
      "c.relkind = 'r' AND c.relpersistence = 'p' AND "
          + ApplicationTables.SCHEMAS
          + " AND "
          + ApplicationTables.NOT_OF_EXTENSION;

  private static final String FROM =
      "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + MOVED + " ";

  private ReplicatedTables() {}

  /** Returns quoted names with their schemas, the largest first. */
  public static List<String> of(Database database) {
    return database.texts(
        "SELECT format('%I.%I', n.nspname, c.relname) "
            + FROM
            + "ORDER BY pg_table_size(c.oid) DESC, 1");
  }

  /**
   * Refuses databases whose tables are not the same.
   *
   * @throws CommandFailedException when a table is on one side only
   */
  public static void requireSame(Database source, Database target) {
    TreeSet<String> here = new TreeSet<>(of(source));
    TreeSet<String> there = new TreeSet<>(of(target));
    TreeSet<String> differing = new TreeSet<>(here);
    differing.addAll(there);
    here.retainAll(there);
    differing.removeAll(here);
    if (!differing.isEmpty()) {
      throw new CommandFailedException(
          "tables of %s and %s must be the same, got on one side only: %s"
              .formatted(source.generation(), target.generation(), String.join(", ", differing)));
    }
  }

  /** Returns the tables that hold a row already. */
  public static List<String> filled(Database database) {
    return of(database).stream()
        .filter(table -> database.holds("EXISTS (SELECT FROM " + table + ")"))
        .toList();
  }
}
