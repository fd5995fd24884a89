package payments.dr.operations.migration.cutover;

import java.util.List;
import payments.dr.operations.migration.database.ChangeLog;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;
import payments.dr.operations.migration.database.MigrationLogin;
import payments.dr.operations.migration.database.Replication;
import payments.dr.operations.migration.database.Workspace;

/**
 * Removes everything that replicates: a forgotten slot would retain the write-ahead log for ever.
 */
final class ReplicationRemoval {

  private ReplicationRemoval() {}

  /**
   * The follower's logins and rights stay taken, and its record of how to open it goes; so do the
   * triggers that refuse the administrator.
   */
  static List<Step> ofFollower(Sides sides) {
    return removal(sides);
  }

  /** Before any cutover, or after the way back: the copy is opened as it was, and stays. */
  static List<Step> ofCopy(Sides sides) {
    List<Step> steps = new java.util.ArrayList<>();
    steps.addAll(removal(sides).subList(0, 2));
    steps.add(new Step("open copy", new DatabaseFence(sides.target())::release));
    steps.addAll(removal(sides).subList(2, 4));
    return steps;
  }

  private static List<Step> removal(Sides sides) {
    return List.of(
        new Step(
            "stop replication",
            () -> {
              sides.replication().unsubscribe();
              sides.swapped().replication().unsubscribe();
            }),
        new Step("remove slots and publications", () -> removeReplications(sides)),
        new Step(
            "remove workspaces",
            () -> {
              Workspace.remove(sides.source());
              Workspace.remove(sides.target());
            }),
        new Step(
            "remove logins",
            () -> {
              MigrationLogin.remove(sides.source());
              MigrationLogin.remove(sides.target());
            }));
  }

  private static void removeReplications(Sides sides) {
    for (Replication replication : List.of(sides.replication(), sides.swapped().replication())) {
      replication.dropSlots();
      replication.unpublish();
    }
    new ChangeLog(sides.source()).drop();
    new ChangeLog(sides.target()).drop();
  }

  /** What a database still has of a migration; empty when nothing is left. */
  static List<String> leftOvers(Database database) {
    return database.texts(
        """
        SELECT 'slot ' || slot_name FROM pg_replication_slots
        WHERE database = current_database() AND slot_name ~ '^(payments_v|pg_[0-9]+_sync_)'
        UNION ALL SELECT 'publication ' || pubname FROM pg_publication WHERE pubname ~ '^payments_v'
        UNION ALL SELECT 'subscription ' || subname FROM pg_subscription
          WHERE subname ~ '^payments_v'
        UNION ALL SELECT 'replication origin ' || roname FROM pg_replication_origin
          WHERE roname ~ '^pg_[0-9]+'
        UNION ALL SELECT 'event trigger ' || evtname FROM pg_event_trigger
          WHERE evtname ~ '^payments_migration'
        UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname = 'payments_migration'
        UNION ALL SELECT 'role ' || rolname FROM pg_roles WHERE rolname = 'payments_migration'
        """);
  }
}
