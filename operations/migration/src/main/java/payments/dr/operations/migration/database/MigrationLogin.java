package payments.dr.operations.migration.database;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import org.postgresql.util.PasswordUtil;

/**
 * The login that a subscriber reads the other side with. Each subscription gets a new password,
 * made here and kept nowhere else than in the two databases.
 */
public final class MigrationLogin {

  public static final String ROLE = "payments_migration";

  private static final SecureRandom RANDOM = new SecureRandom();

  private MigrationLogin() {}

  /** Makes the login, if it is not there; without a password nobody logs in with it. */
  public static void make(Database database) {
    if (database.holds("to_regrole('payments_migration') IS NULL")) {
      database.change("CREATE ROLE payments_migration LOGIN");
    }
    if (database.holds("to_regrole('rds_replication') IS NOT NULL")) {
      database.change("GRANT rds_replication TO payments_migration");
    } else if (!database.holds(
        "EXISTS (SELECT FROM pg_roles WHERE rolname = 'payments_migration' AND rolreplication)")) {
      database.change("ALTER ROLE payments_migration REPLICATION");
    }
  }

  /** Returns the new password; the server is given its verifier only. */
  static String renew(Database database) {
    byte[] random = new byte[24];
    RANDOM.nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    // The driver's own implementation of SCRAM; the text holds no quote.
    String verifier = verifier(password);
    database.changeSecretly(
        "ALTER ROLE payments_migration LOGIN PASSWORD '" + verifier + "'",
        "ALTER ROLE payments_migration LOGIN PASSWORD '***'");
    return password;
  }

  private static String verifier(String password) {
    try {
      return PasswordUtil.encodePassword(ROLE, password.toCharArray(), "scram-sha-256");
    } catch (SQLException e) {
      throw new IllegalStateException("SCRAM-SHA-256 must be known to the driver", e);
    }
  }

  /** Removes the login, if it is there. */
  public static void remove(Database database) {
    if (database.holds("to_regrole('payments_migration') IS NOT NULL")) {
      database.change("DROP OWNED BY payments_migration", "DROP ROLE payments_migration");
    }
  }
}
