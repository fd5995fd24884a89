package payments.dr.operations.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.postgresql.PGProperty;

/**
 * A cluster at an address.
 *
 * @param ownPort where the cluster itself listens; the address' port is the tunnel's, if there is
 *     one
 */
record LibpqCluster(String generation, Address address, int ownPort, Password password)
    implements Cluster {

  /** Where Aurora's hosts keep the roots of the certificates of Aurora. */
  private static final String ROOTS_ON_AURORA = "/rdsdbdata/rds-metadata/ca-cert.pem";

  private static final String AURORA_DOMAIN = ".rds.amazonaws.com";

  private static final int CONNECT_SECONDS = 10;

  /** Longer than any statement may run: so the server's error comes first. */
  private static final int SOCKET_SECONDS = 660;

  private static final String SESSION = "-c statement_timeout=600s -c lock_timeout=10s";

  @Override
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    PGProperty.USER.set(properties, address.user());
    PGProperty.PASSWORD.set(properties, password.read());
    PGProperty.SSL_MODE.set(properties, address.sslMode());
    address.rootCertificate().ifPresent(file -> PGProperty.SSL_ROOT_CERT.set(properties, file));
    address
        .hostAddress()
        .ifPresent(
            near -> {
              PGProperty.SOCKET_FACTORY.set(properties, TunnelSocketFactory.class.getName());
              PGProperty.SOCKET_FACTORY_ARG.set(properties, near);
            });
    PGProperty.APPLICATION_NAME.set(properties, "payments-dr");
    PGProperty.CONNECT_TIMEOUT.set(properties, CONNECT_SECONDS);
    PGProperty.SOCKET_TIMEOUT.set(properties, SOCKET_SECONDS);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.OPTIONS.set(properties, SESSION);
    // A statement that failed must not show the values that it was given.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.database()),
        properties);
  }

  @Override
  public Map<String, String> peerKeywords() {
    Map<String, String> keywords = new TreeMap<>();
    keywords.put("host", address.host());
    keywords.put("port", Integer.toString(ownPort));
    keywords.put("dbname", address.database());
    keywords.put("sslmode", address.sslMode());
    if (address.host().endsWith(AURORA_DOMAIN)) {
      keywords.put("sslrootcert", ROOTS_ON_AURORA);
    } else {
      address.rootCertificate().ifPresent(file -> keywords.put("sslrootcert", file));
    }
    return Map.copyOf(keywords);
  }

  @Override
  public ProcessBuilder program(List<String> command) {
    ProcessBuilder program = new ProcessBuilder(command);
    Map<String, String> environment = program.environment();
    // Such as the operator's PGSERVICE or PGOPTIONS, which would win over what follows.
    environment.keySet().removeIf(name -> name.startsWith("PG"));
    environment.putAll(address.environment());
    environment.put("PGPASSFILE", password.file().toString());
    environment.put("PGAPPNAME", "payments-dr");
    environment.put("PGCONNECT_TIMEOUT", Integer.toString(CONNECT_SECONDS));
    return program;
  }

  /** Never the password. */
  @Override
  public String toString() {
    return generation + " at " + address;
  }
}
