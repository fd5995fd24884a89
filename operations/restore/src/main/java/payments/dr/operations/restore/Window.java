package payments.dr.operations.restore;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.rds.model.DBClusterAutomatedBackup;

/**
 * Between which times a cluster or a table can be restored as it was, by AWS's continuous backup.
 *
 * @param name of the cluster or the table
 * @param source what AWS restores it by: resource id of a cluster, which stays when the cluster is
 *     gone, or ARN of a table
 * @param gone whether the cluster was deleted, and its backup kept
 */
record Window(
    Kind kind,
    DatabaseGeneration generation,
    String name,
    String source,
    Instant earliest,
    Instant latest,
    boolean gone) {

  private static final String GONE = "retained";

  boolean contains(Instant time) {
    return !time.isBefore(earliest) && !time.isAfter(latest);
  }

  /** Of each cluster that AWS keeps continuous backups of, those that are gone last. */
  static List<Window> ofClusters(Site site) {
    return site
        .rds()
        .describeDBClusterAutomatedBackupsPaginator(request -> {})
        .dbClusterAutomatedBackups()
        .stream()
        .flatMap(backup -> ofCluster(site, backup).stream())
        .sorted(
            Comparator.comparing(Window::gone)
                .thenComparing(Window::latest, Comparator.reverseOrder()))
        .toList();
  }

  private static Optional<Window> ofCluster(Site site, DBClusterAutomatedBackup backup) {
    String name = backup.dbClusterIdentifier();
    return Kind.CLUSTER
        .generation(site.names(), name)
        .filter(generation -> name.startsWith(site.role().id() + "-"))
        .filter(generation -> backup.restoreWindow() != null)
        .filter(generation -> backup.restoreWindow().earliestTime() != null)
        .map(
            generation ->
                new Window(
                    Kind.CLUSTER,
                    generation,
                    name,
                    backup.dbClusterResourceId(),
                    backup.restoreWindow().earliestTime(),
                    backup.restoreWindow().latestTime(),
                    GONE.equals(backup.status())));
  }

  /** Of a generation's session table; empty: it has no continuous backup, or is gone. */
  static Optional<Window> ofSessions(Site site, DatabaseGeneration generation) {
    String table = site.names().global("session-table" + generation.nameSuffix());
    try {
      PointInTimeRecoveryDescription described =
          site.dynamoDb()
              .describeContinuousBackups(request -> request.tableName(table))
              .continuousBackupsDescription()
              .pointInTimeRecoveryDescription();
      return described == null || described.earliestRestorableDateTime() == null
          ? Optional.empty()
          : Optional.of(
              new Window(
                  Kind.SESSIONS,
                  generation,
                  table,
                  site.arn("dynamodb", "table/" + table),
                  described.earliestRestorableDateTime(),
                  described.latestRestorableDateTime(),
                  false));
    } catch (TableNotFoundException | ResourceNotFoundException e) {
      return Optional.empty();
    }
  }
}
