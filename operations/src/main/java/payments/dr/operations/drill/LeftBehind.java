package payments.dr.operations.drill;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import payments.dr.modules.database.DatabaseGeneration;
import payments.dr.operations.CommandFailedException;
import payments.dr.operations.postgres.Clusters;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

/**
 * What the old writer had committed: Aurora keeps a snapshot of it after an unplanned failover,
 * which is restored for a look.
 *
 * @param rds client in the Region of the old writer
 * @param region its name
 */
record LeftBehind(RdsClient rds, String region, Clusters clusters, DatabaseGeneration generation) {

  private static final String SNAPSHOT = "rds:unplanned-global-failover-";

  /** The keys of all payments in it; empty when there is no such snapshot. */
  Set<String> keys(String oldWriter) {
    return newest(oldWriter).map(snapshot -> keys(oldWriter, snapshot)).orElse(Set.of());
  }

  private Optional<DBClusterSnapshot> newest(String oldWriter) {
    return rds.describeDBClusterSnapshots().dbClusterSnapshots().stream()
        .filter(one -> one.dbClusterSnapshotIdentifier().startsWith(SNAPSHOT + oldWriter + "-"))
        .max(Comparator.comparing(DBClusterSnapshot::dbClusterSnapshotIdentifier));
  }

  private Set<String> keys(String oldWriter, DBClusterSnapshot snapshot) {
    String identifier = "drill-" + oldWriter;
    String instance = identifier + "-0";
    rds.restoreDBClusterFromSnapshot(
        request ->
            request
                .dbClusterIdentifier(identifier)
                .snapshotIdentifier(snapshot.dbClusterSnapshotIdentifier())
                .engine(snapshot.engine())
                .port(snapshot.port()));
    try {
      rds.createDBInstance(
          request ->
              request
                  .dbInstanceIdentifier(instance)
                  .dbClusterIdentifier(identifier)
                  .dbInstanceClass("db.r6g.large")
                  .engine(snapshot.engine()));
      return read(identifier);
    } finally {
      rds.deleteDBInstance(request -> request.dbInstanceIdentifier(instance));
      rds.deleteDBCluster(
          request -> request.dbClusterIdentifier(identifier).skipFinalSnapshot(true));
    }
  }

  private Set<String> read(String identifier) {
    Set<String> keys = new HashSet<>();
    try (Connection connection = clusters.restored(generation, region, identifier).connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT idempotency_key FROM payments")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
      return keys;
    } catch (SQLException e) {
      throw new CommandFailedException(
          "restored cluster %s must be readable, got %s".formatted(identifier, e.getMessage()));
    }
  }
}
