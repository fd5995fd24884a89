package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;

/**
 * The servers of both generations, under one certificate authority.
 *
 * @param v1 the older major
 * @param v2 the newer major
 */
public record PostgresServers(Path folder, PostgresServer v1, PostgresServer v2)
    implements AutoCloseable {

  /** Started by the first test that asks, stopped with the JVM. */
  private static final class Shared {
    static final PostgresServers SERVERS = startForJvm();
  }

  /**
   * One pair for all tests of a JVM, which call {@link #reset} before they use it.
   *
   * @throws IllegalStateException with the reason, when a server does not come up
   */
  public static PostgresServers shared() {
    return Shared.SERVERS;
  }

  /** A pair of one's own, for tests that leave servers dead or reconfigured. */
  public static PostgresServers start() {
    try {
      Path folder = Files.createTempDirectory("payments-dr-postgres");
      // The user that servers run as reads and passes here.
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      CertificateAuthority authority = CertificateAuthority.in(folder.resolve("authority"));
      PostgresServer v1 = PostgresServer.make("v1", folder.resolve("v1"), authority);
      try {
        return new PostgresServers(
            folder, v1, PostgresServer.make("v2", folder.resolve("v2"), authority));
      } catch (IOException | RuntimeException e) {
        v1.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops databases, roles, slots and subscriptions that a test left; makes the database anew. */
  public void reset() throws SQLException {
    Reset.dropSubscriptions(v1);
    Reset.dropSubscriptions(v2);
    Reset.dropTheRest(v1);
    Reset.dropTheRest(v2);
  }

  /** Stops both and deletes their data. */
  @Override
  public void close() {
    v1.close();
    v2.close();
    Run.asMyself("rm", "-rf", folder.toString());
  }

  private static PostgresServers startForJvm() {
    PostgresServers servers = start();
    Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
    return servers;
  }
}
