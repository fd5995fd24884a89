package payments.dr.examples.payment;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to the writer of a pointer, over verified TLS, each with a password of its own:
 * those of IAM run out.
 */
final class Connections extends PGSimpleDataSource {

  private static final long serialVersionUID = 1;

  /** Seconds to connect, and seconds that an answer may take. */
  private static final int LIMIT_SECONDS = 2;

  private final transient DatabaseLocation pointer;
  private final transient Function<DatabaseLocation, String> password;

  /**
   * @param password of the pointer's user, good for some minutes
   * @param rootCertificate file with the roots to trust
   */
  Connections(
      DatabaseLocation pointer,
      Function<DatabaseLocation, String> password,
      String rootCertificate) {
    this.pointer = pointer;
    this.password = password;
    setServerNames(new String[] {pointer.writer()});
    setPortNumbers(new int[] {pointer.port()});
    setDatabaseName(pointer.database());
    setSslMode("verify-full");
    setSslRootCert(rootCertificate);
    // Another round trip, and Aurora has no GSS encryption.
    setGssEncMode("disable");
    setApplicationName("payment-service");
    setConnectTimeout(LIMIT_SECONDS);
    setSocketTimeout(LIMIT_SECONDS);
    // A request that waits for a lock waits for another request with the same key.
    setOptions("-c statement_timeout=%ds -c lock_timeout=500ms".formatted(LIMIT_SECONDS));
    // Details of errors quote rows.
    setLogServerErrorDetail(false);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return getConnection(pointer.user(), password.apply(pointer));
  }
}
