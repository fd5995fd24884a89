package payments.dr.operations.migration.database;

import java.time.Duration;

/**
 * A replication slot by its name. The command that holds the mutex of the environment may take it
 * from its reader: that one is of a dropped subscription, or of a command that was killed.
 */
record ReplicationSlot(Database database, String name) {

  private static final Duration RELEASED = Duration.ofSeconds(30);

  /** Makes it, if it is not there. */
  void make(String plugin) {
    database.change(
        "SELECT pg_create_logical_replication_slot('%1$s', '%2$s')".formatted(name, plugin)
            + " WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '%1$s')"
                .formatted(name));
  }

  boolean stands() {
    return database.holds("EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ?)", name);
  }

  /** Removes it, if it is there. */
  void drop() {
    if (database.dryRun()) {
      database.change("SELECT pg_drop_replication_slot('" + name + "')");
      return;
    }
    Waiting.until(
        "slot %s of %s must be free of its reader".formatted(name, database.generation()),
        RELEASED,
        this::released);
  }

  /** Ends the session that reads it. */
  void free() {
    database.texts(
        "SELECT pg_terminate_backend(active_pid)::text FROM pg_replication_slots"
            + " WHERE slot_name = ? AND active",
        name);
  }

  /** A reader of a dropped subscription may come back once, so both belong together. */
  private boolean released() {
    return database
        .query(
            "SELECT active, CASE WHEN active THEN pg_terminate_backend(active_pid)::text"
                + " ELSE pg_drop_replication_slot(slot_name)::text END FROM pg_replication_slots"
                + " WHERE slot_name = ?",
            row -> row.getBoolean(1),
            name)
        .stream()
        .noneMatch(active -> active);
  }
}
