package payments.dr.operations.migration.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;

/**
 * One session of the administrator. Reads are always done; changes go through {@link SqlChanges},
 * which a dry run prints instead.
 *
 * <p>Failures become {@link CommandFailedException} with the generation in front.
 */
public final class Database implements AutoCloseable {

  /** What sessions of this command are called, so that a fence spares them. */
  public static final String APPLICATION = "payments-dr migrate";

  /** Everything that a migration makes for itself lives here, on both sides. */
  public static final String SCHEMA = "payments_migration";

  /** A lock that is not had soon is a lock that queues the application behind it. */
  private static final String LOCKS = "SET lock_timeout = '5s'";

  /**
   * Output settings are those that texts of rows depend on. The last two pass the freeze of DDL,
   * and the guard.
   */
  private static final String SESSION =
      LOCKS
          + """
      ;
      SET statement_timeout = '300s';
      SET idle_in_transaction_session_timeout = 0;
      SET search_path = pg_catalog;
      SET TimeZone = 'UTC';
      SET DateStyle = 'ISO, YMD';
      SET IntervalStyle = 'postgres';
      SET bytea_output = 'hex';
      SET extra_float_digits = 1;
      SET lc_monetary = 'C';
      SET xmloption = 'content';
      SET row_security = off;
      SET synchronous_commit = local;
      SET payments_migration.ddl = 'on';
      SET payments_migration.writes = 'on'""";

  private static final String QUIET =
      "SET log_statement = none; SET log_min_duration_statement = -1;"
          + " SET log_min_error_statement = panic; ";

  private static final String LOUD =
      "; RESET log_statement; RESET log_min_duration_statement; RESET log_min_error_statement";

  private static final String TOGETHER = "$payments_migration_together$";

  private final Cluster cluster;
  private final Connection connection;
  private final SqlChanges changes;
  private Boolean superuser;

  private Database(Cluster cluster, Connection connection, SqlChanges changes) {
    this.cluster = cluster;
    this.connection = connection;
    this.changes = changes;
  }

  /** Reads one row of an answer. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * Opens a session.
   *
   * @throws CommandFailedException when the cluster is not reached
   */
  public static Database open(Cluster cluster, SqlChanges changes) {
    try {
      Connection connection = cluster.connect();
      connection.setClientInfo("ApplicationName", APPLICATION);
      try (Statement statement = connection.createStatement()) {
        statement.execute(SESSION);
      }
      return new Database(cluster, connection, changes);
    } catch (SQLException e) {
      throw new CommandFailedException(
          cluster.generation() + " must be reached: " + e.getMessage());
    }
  }

  /** Returns another session like this one, for work at the same time. */
  public Database another() {
    return open(cluster, changes);
  }

  public Cluster cluster() {
    return cluster;
  }

  public String generation() {
    return cluster.generation();
  }

  public boolean dryRun() {
    return changes.dryRun();
  }

  public <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      List<T> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(reader.read(row));
        }
      }
      return rows;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  public List<String> texts(String sql, Object... parameters) {
    return query(sql, row -> row.getString(1), parameters);
  }

  /** Returns the only value of the only row. */
  public String text(String sql, Object... parameters) {
    return texts(sql, parameters).get(0);
  }

  public boolean holds(String condition, Object... parameters) {
    return query("SELECT " + condition, row -> row.getBoolean(1), parameters).get(0);
  }

  /** Returns the first value, where there may be no row. */
  public Optional<String> find(String sql, Object... parameters) {
    return texts(sql, parameters).stream().findFirst();
  }

  public void change(String... statements) {
    change(Arrays.asList(statements));
  }

  /** Runs each statement in a transaction of its own. */
  public void change(List<String> statements) {
    for (String sql : statements) {
      changes.make(generation(), sql, () -> execute(sql));
    }
  }

  /** Runs a change whose text must not be shown, and is shown as another. */
  public void changeSecretly(String sql, String shown) {
    changes.make(generation(), shown, () -> executeQuietly(sql));
  }

  /** Runs all statements or none, in one round trip. */
  public void changeTogether(List<String> statements) {
    if (statements.isEmpty()) {
      return;
    }
    String sql = String.join(";\n", statements);
    if (sql.contains(TOGETHER)) {
      throw new IllegalArgumentException("statements must not contain " + TOGETHER);
    }
    changes.make(
        generation(),
        "BEGIN;\n" + sql + ";\nCOMMIT",
        () -> execute("DO $do$ BEGIN EXECUTE %1$s%2$s%1$s; END $do$".formatted(TOGETHER, sql)));
  }

  /** Does everything in one transaction of this session, or nothing. */
  public void together(Runnable action) {
    try {
      inTransaction(action::run);
    } catch (SQLException e) {
      throw failed("COMMIT", e);
    }
  }

  /**
   * Does what waits for transactions to end, as the making of a slot does: nobody queues behind it,
   * and only the limit of a statement ends it.
   */
  void patiently(Runnable action) {
    always("SET lock_timeout = 0");
    try {
      action.run();
    } finally {
      always(LOCKS);
    }
  }

  /** Runs what changes nothing but this session, in a dry run too. */
  public void always(String sql) {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /** Returns the connection, for what a statement alone does not do, such as savepoints. */
  public Connection connection() {
    return connection;
  }

  /** Returns what the action finds; nothing that it does in this session stays. */
  public <T> T takenBack(Supplier<T> action) {
    try {
      connection.setAutoCommit(false);
      try {
        return action.get();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw failed("ROLLBACK", e);
    }
  }

  private void inTransaction(SqlChanges.Change action) throws SQLException {
    if (!connection.getAutoCommit()) {
      // Part of a larger one.
      action.make();
      return;
    }
    connection.setAutoCommit(false);
    try {
      action.make();
      connection.commit();
    } finally {
      // Nothing, once it is committed.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Where the administrator may, the server's log is kept from seeing it as well. */
  private void executeQuietly(String sql) throws SQLException {
    if (superuser == null) {
      superuser = holds("current_setting('is_superuser')::boolean");
    }
    try {
      // One transaction: when the statement fails, these settings are as they were.
      execute(superuser ? QUIET + sql + LOUD : sql);
    } catch (SQLException e) {
      // The message of PostgreSQL may quote the statement.
      throw new SQLException("SQLSTATE " + e.getSQLState(), e.getSQLState());
    }
  }

  private CommandFailedException failed(String sql, SQLException e) {
    return new CommandFailedException(
        "%s: %s, in: %s"
            .formatted(generation(), e.getMessage(), sql.strip().lines().findFirst().orElse("")));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new CommandFailedException(generation() + " must close its session: " + e.getMessage());
    }
  }
}
