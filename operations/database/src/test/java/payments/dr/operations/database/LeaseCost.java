package payments.dr.operations.database;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/**
 * What a payment costs more where tables ask for the lease: {@code bench/lease.py} runs it, and no
 * build does. Blocks of payments alternate between two databases of one server, which differ in
 * nothing else; the ratio of each pair is free of what the machine does meanwhile.
 */
class LeaseCost {

  private static final int PAIRS = 40;
  private static final int PAYMENTS = 250;
  private static final String PASSWORD = "of-the-bench";

  private static final String LOCK = "SELECT balance FROM account WHERE id = ? FOR UPDATE";
  private static final String BOOK = "UPDATE account SET balance = balance - 1 WHERE id = ?";
  private static final String PAY =
      "INSERT INTO payment (key, account, amount) VALUES (?, ?, 1) ON CONFLICT (key) DO NOTHING";

  @Test
  void payments_with_and_without() throws SQLException {
    try (PostgresServers servers = PostgresServers.start()) {
      for (PostgresServer server : List.of(servers.v1(), servers.v2())) {
        measure(server);
      }
    }
  }

  private static void measure(PostgresServer server) throws SQLException {
    server.execute("CREATE DATABASE plain");
    try (Connection plain =
            server.connect("plain", PostgresServer.ADMINISTRATOR, PostgresServer.PASSWORD);
        Connection leased = server.connect()) {
      makeTables(plain);
      makeTables(leased);
      new Initialization(server.cluster(), "payments_app", true).run(false);
      server.execute("ALTER ROLE payments_renewer PASSWORD '" + PASSWORD + "'");
      pay(plain, 0);
      pay(leased, 0);
      List<Double> ratios = new ArrayList<>();
      List<Double> more = new ArrayList<>();
      for (int pair = 1; pair <= PAIRS; pair++) {
        renew(server);
        boolean plainFirst = pair % 2 == 0;
        double first = pay(plainFirst ? plain : leased, pair);
        double second = pay(plainFirst ? leased : plain, pair);
        double without = plainFirst ? first : second;
        double with = plainFirst ? second : first;
        ratios.add(with / without);
        more.add(with - without);
      }
      Collections.sort(ratios);
      Collections.sort(more);
      System.out.printf(
          "%s: a payment takes %.3f times as long (%.3f to %.3f), %.0f us more%n",
          server.generation(),
          ratios.get(PAIRS / 2),
          ratios.get(PAIRS / 4),
          ratios.get(PAIRS * 3 / 4),
          more.get(PAIRS / 2));
      assertTrue(ratios.get(PAIRS / 2) > 0);
    }
  }

  private static void makeTables(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)");
      statement.execute(
          "CREATE TABLE payment (key text PRIMARY KEY, account int NOT NULL, amount int NOT NULL,"
              + " at timestamptz NOT NULL DEFAULT now())");
      statement.execute("INSERT INTO account SELECT id, 0 FROM generate_series(1, 1000) id");
    }
  }

  private static void renew(PostgresServer server) throws SQLException {
    try (Connection renewer =
            server.connect(PostgresServer.DATABASE, "payments_renewer", PASSWORD);
        var statement = renewer.createStatement()) {
      statement.execute(
          "SELECT payments_dr.extend_lease('us-east-1', 1,"
              + " (extract(epoch FROM clock_timestamp()) * 1000)::bigint + 30000)");
    }
  }

  /** Microseconds that a payment of the block took: three statements and a commit. */
  private static double pay(Connection connection, int block) throws SQLException {
    connection.setAutoCommit(false);
    long began = System.nanoTime();
    try (PreparedStatement lock = connection.prepareStatement(LOCK);
        PreparedStatement book = connection.prepareStatement(BOOK);
        PreparedStatement pay = connection.prepareStatement(PAY)) {
      for (int payment = 0; payment < PAYMENTS; payment++) {
        int account = 1 + payment * 7 % 1000;
        lock.setInt(1, account);
        lock.executeQuery().close();
        book.setInt(1, account);
        book.executeUpdate();
        pay.setString(1, block + "-" + payment);
        pay.setInt(2, account);
        pay.executeUpdate();
        connection.commit();
      }
    }
    return (System.nanoTime() - began) / 1000.0 / PAYMENTS;
  }
}
