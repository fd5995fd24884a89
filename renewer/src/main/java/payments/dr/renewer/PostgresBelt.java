package payments.dr.renewer;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.function.Supplier;
import org.postgresql.PGProperty;

/**
 * The lease of one PostgreSQL database, over one connection that is kept. The clock is read and the
 * tables are opened over the same one: what was read of one server never opens another.
 */
public final class PostgresBelt implements Belt, AutoCloseable {

  /** To connect, and that an answer may take. */
  private static final int LIMIT_SECONDS = 2;

  private static final String USER = "payments_renewer";

  private static final String CLOCK =
      """
      SELECT NOT pg_is_in_recovery()
          AND to_regprocedure('payments_dr.extend_lease(text, bigint, bigint)') IS NOT NULL,
        (extract(epoch FROM clock_timestamp()) * 1000)::bigint\
      """;

  private static final String EXTEND = "SELECT payments_dr.extend_lease(?, ?, ?)";

  private final String name;
  private final String url;
  private final Supplier<Properties> signIn;
  private Connection connection;

  /**
   * Makes one that is not connected yet.
   *
   * @param name of the database, for humans
   * @param url for the driver, without who signs in
   * @param signIn what the driver needs besides, made anew for each connection
   */
  public PostgresBelt(String name, String url, Supplier<Properties> signIn) {
    this.name = name;
    this.url = url;
    this.signIn = signIn;
  }

  /**
   * Makes one that verifies the server, and signs in by the instance's role.
   *
   * @param roots file with the certificates that the server's may lead to
   */
  static PostgresBelt of(Database database, IamPassword password, String roots) {
    return new PostgresBelt(
        database.generation(),
        "jdbc:postgresql://%s:%d/%s".formatted(database.host(), database.port(), database.name()),
        () -> {
          Properties properties = bounded();
          PGProperty.USER.set(properties, USER);
          PGProperty.PASSWORD.set(properties, password.of(USER, database));
          PGProperty.SSL_MODE.set(properties, "verify-full");
          PGProperty.SSL_ROOT_CERT.set(properties, roots);
          return properties;
        });
  }

  /** Returns what no connection is to go without: its limits in time. */
  public static Properties bounded() {
    Properties properties = new Properties();
    PGProperty.APPLICATION_NAME.set(properties, "payments-dr-renewer");
    PGProperty.CONNECT_TIMEOUT.set(properties, LIMIT_SECONDS);
    // Of everything before the first statement, the search for the name included.
    PGProperty.LOGIN_TIMEOUT.set(properties, LIMIT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, LIMIT_SECONDS);
    PGProperty.OPTIONS.set(properties, "-c statement_timeout=" + LIMIT_SECONDS + "s");
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return properties;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public OptionalLong clock() throws SQLException {
    try {
      OptionalLong clock = read();
      if (clock.isEmpty()) {
        // The name may lead to another server soon.
        close();
      }
      return clock;
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  @Override
  public void extend(String holder, long epoch, long untilMillis) throws SQLException {
    if (connection == null) {
      throw new SQLException("the clock of database " + name + " must be read first, got none");
    }
    try (PreparedStatement extend = connection.prepareStatement(EXTEND)) {
      extend.setString(1, holder);
      extend.setLong(2, epoch);
      extend.setLong(3, untilMillis);
      extend.execute();
    } catch (SQLException e) {
      close();
      throw e;
    }
  }

  /** Leaves the connection; the next look makes another. */
  @Override
  public void close() {
    Connection left = connection;
    connection = null;
    if (left != null) {
      try {
        left.close();
      } catch (SQLException e) {
        // It is of no use any more, and the server finds out by itself.
        return;
      }
    }
  }

  private OptionalLong read() throws SQLException {
    if (connection == null) {
      connection = DriverManager.getConnection(url, signIn.get());
    }
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(CLOCK)) {
      answer.next();
      return answer.getBoolean(1) ? OptionalLong.of(answer.getLong(2)) : OptionalLong.empty();
    }
  }
}
