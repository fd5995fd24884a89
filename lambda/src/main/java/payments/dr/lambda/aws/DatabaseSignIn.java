package payments.dr.lambda.aws;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Function;
import org.postgresql.PGProperty;

/**
 * Signs in to databases of this Region, over verified TLS. Every connection is a new one: what was
 * open before the function was frozen, or before a role moved, would only cost the time to find
 * out.
 *
 * @param password of the user at an address, good for some minutes
 * @param roots that a database's certificate must lead to
 * @param limitSeconds to connect, and that an answer may take
 */
public record DatabaseSignIn(
    String user,
    Function<DatabaseAddress, String> password,
    DatabaseRoots roots,
    int limitSeconds) {

  private static final int LIMIT_SECONDS = 2;

  public DatabaseSignIn(
      String user, Function<DatabaseAddress, String> password, DatabaseRoots roots) {
    this(user, password, roots, LIMIT_SECONDS);
  }

  Connection connect(DatabaseAddress address) throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, user);
    PGProperty.PASSWORD.set(properties, password.apply(address));
    PGProperty.SSL_MODE.set(properties, "verify-full");
    PGProperty.SSL_FACTORY.set(properties, RootsSocketFactory.class.getName());
    PGProperty.SSL_FACTORY_ARG.set(properties, roots.pem());
    PGProperty.APPLICATION_NAME.set(properties, "payments-dr-failover");
    PGProperty.CONNECT_TIMEOUT.set(properties, limitSeconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, limitSeconds);
    PGProperty.OPTIONS.set(properties, "-c statement_timeout=" + limitSeconds + "s");
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.database()),
        properties);
  }
}
