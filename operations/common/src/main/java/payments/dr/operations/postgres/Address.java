package payments.dr.operations.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a database is and how its server is verified, in libpq's terms.
 *
 * @param host the name in the server's certificate
 * @param hostAddress where to connect to instead: the near end of a tunnel
 * @param rootCertificate file; without one libpq's own default, {@code ~/.postgresql/root.crt}
 */
public record Address(
    String host,
    Optional<String> hostAddress,
    int port,
    String database,
    String user,
    String sslMode,
    Optional<String> rootCertificate) {

  /** The certificate is signed by a known root and carries the server's name. */
  static final String VERIFIED = "verify-full";

  boolean isVerified() {
    return sslMode.equals(VERIFIED);
  }

  /** The variables that libpq reads: {@code PGHOST} and so on, without a password. */
  Map<String, String> environment() {
    Map<String, String> variables = new TreeMap<>();
    variables.put("PGHOST", host);
    hostAddress.ifPresent(address -> variables.put("PGHOSTADDR", address));
    variables.put("PGPORT", Integer.toString(port));
    variables.put("PGDATABASE", database);
    variables.put("PGUSER", user);
    variables.put("PGSSLMODE", sslMode);
    rootCertificate.ifPresent(file -> variables.put("PGSSLROOTCERT", file));
    return variables;
  }

  /** Returns a text such as {@code dbadmin@localhost:6432/paymentsdb}. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
