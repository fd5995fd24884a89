package payments.dr.operations.postgres.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Takes away from a server what a test made, in the order that PostgreSQL allows. */
final class Reset {

  private Reset() {}

  static void of(PostgresServer server) throws SQLException {
    for (String database :
        list(
            server,
            "SELECT DISTINCT datname FROM pg_subscription"
                + " JOIN pg_database ON pg_database.oid = subdbid")) {
      dropSubscriptions(server, database);
    }
    // A walsender lives as long as its subscriber: without it the slot is free.
    run(
        server,
        list(
            server,
            "SELECT format('SELECT pg_terminate_backend(%s, 5000)', active_pid)"
                + " FROM pg_replication_slots WHERE active"));
    run(
        server,
        list(
            server,
            "SELECT format('SELECT pg_drop_replication_slot(%L)', slot_name)"
                + " FROM pg_replication_slots"));
    for (String prepared : list(server, "SELECT database || ' ' || gid FROM pg_prepared_xacts")) {
      String[] words = prepared.split(" ", 2);
      run(server, words[0], List.of("ROLLBACK PREPARED '" + words[1] + "'"));
    }
    run(
        server,
        list(
            server,
            "SELECT format('DROP DATABASE %I WITH (FORCE)', datname) FROM pg_database"
                + " WHERE NOT datistemplate AND datname <> 'postgres'"));
    run(
        server,
        list(
            server,
            "SELECT format('DROP OWNED BY %1$I; DROP ROLE %1$I', rolname) FROM pg_roles"
                + " WHERE oid >= 16384"));
    run(server, List.of("CREATE DATABASE " + PostgresServer.DATABASE));
  }

  private static void dropSubscriptions(PostgresServer server, String database)
      throws SQLException {
    List<String> statements = new ArrayList<>();
    for (String name :
        list(
            server,
            "SELECT quote_ident(subname) FROM pg_subscription JOIN pg_database"
                + " ON pg_database.oid = subdbid WHERE datname = '"
                + database
                + "'")) {
      statements.add("ALTER SUBSCRIPTION " + name + " DISABLE");
      statements.add("ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)");
      statements.add("DROP SUBSCRIPTION " + name);
    }
    run(server, database, statements);
  }

  private static List<String> list(PostgresServer server, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Connection connection = connect(server, "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }

  private static void run(PostgresServer server, List<String> statements) throws SQLException {
    run(server, "postgres", statements);
  }

  private static void run(PostgresServer server, String database, List<String> statements)
      throws SQLException {
    try (Connection connection = connect(server, database);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(PostgresServer server, String database) throws SQLException {
    return server.connect(database, PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD);
  }
}
