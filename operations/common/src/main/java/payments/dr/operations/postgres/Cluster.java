package payments.dr.operations.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** One database generation's cluster, and how this machine reaches its writer. */
public interface Cluster {

  /** {@code v1}. */
  String generation();

  /** A new connection of the administrator, in auto-commit; the caller closes it. */
  Connection connect() throws SQLException;

  /**
   * How the other cluster reaches this one: libpq keywords {@code host}, {@code port}, {@code
   * dbname}, {@code sslmode} and {@code sslrootcert}, without user and password. Behind a tunnel
   * these are not what this machine connects to.
   */
  Map<String, String> peerKeywords();

  /**
   * A PostgreSQL client program, such as {@code pg_dump}, ready to be started: it finds host, user
   * and password in its environment and in files, never in its arguments.
   */
  ProcessBuilder program(List<String> command);
}
