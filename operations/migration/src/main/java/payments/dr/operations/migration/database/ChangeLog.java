package payments.dr.operations.migration.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * What is written to one database, by its own log: a slot that sees every change, by whatever way
 * it came. It tells which rows may differ since both sides were compared, and who has written in
 * spite of a fence.
 *
 * <p>The slot holds back the log. It is read without being moved, and moved when what was read is
 * settled. {@code payments_migration.verification} says until where: a slot that is further has
 * been read by somebody else, or was made anew, and proves nothing.
 */
public final class ChangeLog {

  static final String WORKSPACE =
      """
      CREATE TABLE IF NOT EXISTS payments_migration.verification (
        position pg_lsn NOT NULL,
        complete boolean NOT NULL);
      CREATE TABLE IF NOT EXISTS payments_migration.pending (
        relation text NOT NULL,
        key text[] NOT NULL);
      """;

  /** A transaction that was there when the slot was made is waited for, as the slot itself does. */
  private static final Duration OTHERS = Duration.ofSeconds(300);

  /** A commit is in the log a moment before anybody sees it. */
  private static final Duration SEEN = Duration.ofSeconds(30);

  private static final int FETCHED = 10_000;

  /** Of the slot {@code s} and the verification {@code v}: nobody else has moved the slot. */
  private static final String UNBROKEN =
      """
      s.slot_name = ? AND s.database = current_database() AND s.plugin = 'test_decoding'
      AND s.confirmed_flush_lsn <= v.position AND s.wal_status <> 'lost'""";

  private static final String TABLES =
      """
      SELECT quote_ident(n.nspname), quote_ident(c.relname), CASE
        WHEN n.nspname = 'payments_migration' THEN 'WORKSPACE'
        WHEN EXISTS (SELECT FROM pg_extension e WHERE c.oid = ANY (e.extconfig)
          AND e.extname <> 'pg_cron') THEN 'KEPT'
        WHEN c.relkind IN ('m', 'p') OR NOT (%s) THEN 'NEITHER'
        ELSE 'COMPARED' END
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'm', 'p') AND c.relpersistence = 'p'
      AND n.nspname NOT IN ('pg_catalog', 'information_schema')"""
          .formatted(ApplicationTables.NOT_OF_EXTENSION);

  /** What a table is to a migration. */
  public enum Kind {
    /** Its rows must be the same on both sides. */
    COMPARED,
    /** Of an extension, with rows of users: they are carried. */
    KEPT,
    /**
     * Of an extension alone, a materialised view, or a partitioned table: the log tells the changes
     * of its leaves, also when it is truncated.
     */
    NEITHER,
    WORKSPACE,
    /** There is no such table. */
    UNKNOWN
  }

  /** Whose changes are read. */
  public enum Origin {
    ANY,
    /** Without those that replication brought. */
    LOCAL
  }

  /**
   * What one reading has seen.
   *
   * @param lsn until where
   * @param complete whether it was everything
   */
  public record End(String lsn, boolean complete) {}

  private final Database database;
  private final ReplicationSlot slot;
  private Map<TableName, Kind> kinds;

  public ChangeLog(Database database) {
    this.database = database;
    this.slot =
        new ReplicationSlot(database, "payments_%s_changes".formatted(database.generation()));
  }

  /** Sees what is written from now on; what was compared before counts no longer. */
  public void make() {
    drop();
    database.patiently(() -> slot.make("test_decoding"));
    if (!database.dryRun()) {
      awaitOthers();
    }
    database.change(
        "INSERT INTO payments_migration.verification SELECT confirmed_flush_lsn, false"
            + " FROM pg_replication_slots WHERE slot_name = '%s'".formatted(slot.name()));
  }

  /**
   * A transaction may be in the log before the slot begins, and be seen by nobody yet: neither the
   * slot nor what is read now would have it.
   */
  private void awaitOthers() {
    String next = database.text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text");
    Waiting.until(
        "transactions of %s that were open when its slot was made must end"
            .formatted(database.generation()),
        OTHERS,
        () -> database.holds("pg_snapshot_xmin(pg_current_snapshot()) >= ?::xid8", next));
  }

  /**
   * Says that both sides were compared since the slot was made.
   *
   * @throws CommandFailedException when the schema changed meanwhile
   */
  public void complete() {
    if (database
        .texts("UPDATE payments_migration.verification SET complete = true RETURNING 'one'")
        .isEmpty()) {
      throw new CommandFailedException(
          "schema of %s must not change while it is compared, it has: run ./dr migrate verify again"
              .formatted(database.generation()));
    }
  }

  /** Whether rows that this log does not tell of are as they were when they were compared. */
  public boolean isComplete() {
    return database.holds("to_regclass('payments_migration.verification') IS NOT NULL")
        && holds("v.complete AND ");
  }

  /**
   * Requires that this log tells everything that was written since it was settled.
   *
   * @throws CommandFailedException when the slot is gone, lost, made anew or read by somebody else,
   *     or the schema changed
   */
  public void requireUnbroken() {
    if (!holds("")) {
      throw broken();
    }
  }

  private boolean holds(String condition) {
    return database.holds(
        "EXISTS (SELECT FROM payments_migration.verification v, pg_replication_slots s WHERE "
            + condition
            + UNBROKEN
            + ")",
        slot.name());
  }

  private CommandFailedException broken() {
    return new CommandFailedException(
        ("slot %s of %s must be as it was left, and the schema too; the slot is gone, lost, made anew"
                + " or read by somebody else, or the schema changed: run ./dr migrate verify")
            .formatted(slot.name(), database.generation()));
  }

  /**
   * Reads changes that are not settled, those of whole transactions. When it returns, everybody
   * sees what they have written.
   *
   * @param changes after about how many it ends
   * @param each is given every change of a table that is not the workspace's
   * @throws CommandFailedException when a change is not understood
   */
  public End read(Origin origin, int changes, BiConsumer<Kind, LoggedChange> each) {
    kinds();
    return lines(
        origin, changes, line -> LoggedChange.of(line).ifPresent(change -> tell(change, each)));
  }

  /**
   * Waits until everybody sees what has been committed until now. It understands no change, and so
   * does not fail where {@link #read} may.
   *
   * @return until where the log was then
   */
  public String awaitSeen() {
    slot.free();
    return lines(Origin.ANY, Integer.MAX_VALUE, line -> {}).lsn();
  }

  private End lines(Origin origin, int changes, Consumer<String> each) {
    // It waits for the disk: what was committed without waiting is there before it. It is a line.
    database.texts("SELECT pg_logical_emit_message(true, 'payments_migration', '')::text");
    Set<Long> transactions = new HashSet<>();
    String lsn = "";
    int lines = 0;
    Connection connection = database.connection();
    try {
      connection.setAutoCommit(false);
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT lsn::text, data FROM pg_logical_slot_peek_changes(?, NULL, ?,"
                  + " 'only-local', ?, 'include-xids', '1', 'skip-empty-xacts', '1')")) {
        statement.setFetchSize(FETCHED);
        statement.setString(1, slot.name());
        statement.setInt(2, changes);
        statement.setString(3, String.valueOf(origin == Origin.LOCAL));
        try (ResultSet line = statement.executeQuery()) {
          while (line.next()) {
            String text = line.getString(2);
            lines++;
            lsn = line.getString(1);
            if (text.startsWith("BEGIN ")) {
              transactions.add(Long.parseLong(text.substring("BEGIN ".length())));
            }
            each.accept(text);
          }
        }
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException | IllegalArgumentException e) {
      throw new CommandFailedException(
          "changes of %s must be readable from slot %s: %s"
              .formatted(database.generation(), slot.name(), e.getMessage()));
    }
    awaitSeen(transactions);
    return new End(lsn, lines < changes);
  }

  private void tell(LoggedChange change, BiConsumer<Kind, LoggedChange> each) {
    for (TableName table : change.tables()) {
      Kind kind = kinds().getOrDefault(table, Kind.UNKNOWN);
      if (kind != Kind.WORKSPACE) {
        each.accept(kind, change.of(table));
      }
    }
  }

  /** Read once: nothing is made or dropped without {@link #isComplete} becoming false. */
  private Map<TableName, Kind> kinds() {
    if (kinds == null) {
      slot.free();
      Map<TableName, Kind> found = new HashMap<>();
      database.query(
          TABLES,
          row ->
              found.put(
                  TableName.of(row.getString(1), row.getString(2)),
                  Kind.valueOf(row.getString(3))));
      kinds = found;
    }
    return kinds;
  }

  private void awaitSeen(Set<Long> transactions) {
    if (!transactions.isEmpty()) {
      Waiting.until(
          "transactions of %s must be seen by everybody".formatted(database.generation()),
          SEEN,
          () -> LogSnapshot.of(database).sees(transactions));
    }
  }

  /**
   * Settles what was committed before a position: it is not read again.
   *
   * @param lsn such as {@code 0/16B3748}
   * @throws CommandFailedException when somebody else has moved the slot: what was read was not all
   */
  public void settle(String lsn) {
    // All at once: who moves the slot in between moves it beyond the position, or to what was read.
    if (database
        .texts(
            """
            UPDATE payments_migration.verification v
            SET position = greatest(v.position, ?::pg_lsn)
            FROM pg_replication_slots s WHERE %s
            RETURNING CASE WHEN s.confirmed_flush_lsn < ?::pg_lsn
              THEN pg_replication_slot_advance(s.slot_name, ?::pg_lsn)::text ELSE 'there' END"""
                .formatted(UNBROKEN),
            lsn,
            slot.name(),
            lsn,
            lsn)
        .isEmpty()) {
      throw broken();
    }
  }

  public boolean stands() {
    return slot.stands();
  }

  /** Removes the slot, if it is there, and what was compared counts no longer. */
  public void drop() {
    if (Workspace.isThere(database)) {
      database.change(
          WORKSPACE
              + "DELETE FROM payments_migration.verification;"
              + " DELETE FROM payments_migration.pending");
    }
    slot.drop();
  }
}
