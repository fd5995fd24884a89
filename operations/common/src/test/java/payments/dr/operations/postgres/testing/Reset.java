package payments.dr.operations.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes away from a server what a test made, in the order that PostgreSQL allows. */
final class Reset {

  private static final String SUBSCRIBED_DATABASES =
      "SELECT DISTINCT datname FROM pg_subscription JOIN pg_database d ON d.oid = subdbid";

  /** Without its slot, which may be on a server that is dead. */
  private static final String SUBSCRIPTIONS =
      """
      SELECT format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE);
                     DROP SUBSCRIPTION %1$I', subname)
      FROM pg_subscription JOIN pg_database d ON d.oid = subdbid
      WHERE datname = current_database()""";

  private static final String PREPARED =
      "SELECT format('ROLLBACK PREPARED %L', gid) FROM pg_prepared_xacts"
          + " WHERE database = current_database()";

  /** What is left once the databases are empty of subscriptions and prepared transactions. */
  private static final List<String> REST =
      List.of(
          "SELECT format('SELECT pg_terminate_backend(%s, 5000)', active_pid)"
              + " FROM pg_replication_slots WHERE active",
          "SELECT format('SELECT pg_drop_replication_slot(%L)', slot_name)"
              + " FROM pg_replication_slots",
          "SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database"
              + " WHERE NOT datistemplate AND datname <> 'postgres'",
          "SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles"
              + " WHERE oid >= 16384",
          "SELECT 'CREATE DATABASE " + PostgresServer.DATABASE + "'");

  private Reset() {}

  /** First on both servers of a pair: a subscriber takes its slot back as soon as it can. */
  static void dropSubscriptions(PostgresServer server) throws SQLException {
    for (String database : inDatabase(server, "postgres", SUBSCRIBED_DATABASES)) {
      run(server, database, List.of(SUBSCRIPTIONS));
    }
  }

  static void dropTheRest(PostgresServer server) throws SQLException {
    for (String database :
        inDatabase(server, "postgres", "SELECT DISTINCT database FROM pg_prepared_xacts")) {
      run(server, database, List.of(PREPARED));
    }
    run(server, "postgres", REST);
  }

  /** Runs what each query answers with. */
  private static void run(PostgresServer server, String database, List<String> queries)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      for (String query : queries) {
        for (String sql : list(statement, query)) {
          // One by one: several in one go would be one transaction.
          for (String part : sql.split(";")) {
            statement.execute(part);
          }
        }
      }
    }
  }

  private static List<String> inDatabase(PostgresServer server, String database, String query)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      return list(statement, query);
    }
  }

  private static List<String> list(Statement statement, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static Connection connect(PostgresServer server, String database) throws SQLException {
    return server.connect(database, PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD);
  }
}
