package payments.dr.operations.cli.adapters;

import java.sql.SQLException;
import payments.dr.operations.database.Initialization;
import payments.dr.operations.postgres.testing.PostgresServer;

/** A database as {@code ./dr database init} leaves it, whose heartbeat role has a password. */
public final class HeartbeatLogin {

  public static final String USER = "payments_heartbeat";
  public static final String PASSWORD = "of-the-tests";

  private HeartbeatLogin() {}

  public static void make(PostgresServer server) throws SQLException {
    new Initialization(server.cluster(), "payments_app", false).run(false);
    server.execute("ALTER ROLE " + USER + " PASSWORD '" + PASSWORD + "'");
  }
}
