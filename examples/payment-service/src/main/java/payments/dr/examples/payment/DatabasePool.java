package payments.dr.examples.payment;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** One generation's database: few connections, kept open while they are worth it. */
final class DatabasePool implements AutoCloseable {

  private static final int CONNECTIONS = 10;

  /** More would wait for a database that does not answer, and with them everybody behind. */
  private static final int REQUESTS = 2 * CONNECTIONS;

  /** How long a request waits for a connection. */
  private static final Duration WAIT = Duration.ofSeconds(1);

  /** Work within one transaction. */
  interface Work<T> {
    T in(Connection connection) throws SQLException;
  }

  private final Semaphore requests = new Semaphore(REQUESTS);
  private final String generation;
  private final HikariDataSource pool;

  private DatabasePool(String generation, HikariDataSource pool) {
    this.generation = generation;
    this.pool = pool;
  }

  /** Connects in the background: a database that is away now may come back. */
  static DatabasePool open(String generation, DataSource connections) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(connections);
    config.setPoolName("payments-" + generation);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(2);
    config.setAutoCommit(false);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(WAIT.toMillis());
    config.setMaxLifetime(Duration.ofMinutes(5).toMillis());
    return new DatabasePool(generation, new HikariDataSource(config));
  }

  String generation() {
    return generation;
  }

  /**
   * Does work and commits it.
   *
   * @throws SQLException when it is not, or perhaps not, committed
   */
  <T> T transact(Work<T> work) throws SQLException {
    if (!requests.tryAcquire()) {
      throw new SQLTransientConnectionException(
          "at most " + REQUESTS + " requests must be at the database, got another");
    }
    try (Connection connection = pool.getConnection()) {
      try {
        T result = work.in(connection);
        connection.commit();
        return result;
      } catch (SQLException e) {
        drop(connection, Failure.of(e));
        throw e;
      }
    } finally {
      requests.release();
    }
  }

  /** A server that went, or that takes no writes any more, is the same one behind all of them. */
  private void drop(Connection connection, Failure failure) {
    switch (failure) {
      case GONE, READ_ONLY -> pool.getHikariPoolMXBean().softEvictConnections();
      case LOCKED -> {}
      case OTHER -> pool.evictConnection(connection);
    }
  }

  /** Waits for the requests that are at it. */
  @Override
  public void close() {
    pool.close();
  }
}
