package payments.dr.operations.migration.cutover;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import payments.dr.operations.postgres.testing.PostgresServer;
import payments.dr.operations.postgres.testing.PostgresServers;

/**
 * Clients that write all the time, follow the pointer, and remember what was acknowledged to them.
 */
final class Writers implements AutoCloseable {

  private static final int COUNT = 8;

  private final PostgresServers servers;
  private final FilePointer pointer;
  private final Duration pace;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<Integer, Set<Long>> acknowledged = new ConcurrentHashMap<>();
  private final Map<Integer, Set<Long>> inDoubt = new ConcurrentHashMap<>();
  private final AtomicLong lastAcknowledged = new AtomicLong(System.nanoTime());
  private final AtomicLong longestPause = new AtomicLong();
  private final Set<String> surprises = ConcurrentHashMap.newKeySet();
  private volatile boolean running = true;

  private Writers(PostgresServers servers, FilePointer pointer, Duration pace) {
    this.servers = servers;
    this.pointer = pointer;
    this.pace = pace;
  }

  /**
   * Starts them.
   *
   * @param pace of each writer, from one payment to the next
   */
  static Writers start(PostgresServers servers, FilePointer pointer, Duration pace) {
    Writers writers = new Writers(servers, pointer, pace);
    for (int i = 1; i <= COUNT; i++) {
      int writer = i;
      writers.acknowledged.put(writer, ConcurrentHashMap.newKeySet());
      writers.inDoubt.put(writer, ConcurrentHashMap.newKeySet());
      Thread thread = new Thread(() -> writers.write(writer), "writer-" + writer);
      thread.start();
      writers.threads.add(thread);
    }
    return writers;
  }

  long acknowledged() {
    return acknowledged.values().stream().mapToLong(Set::size).sum();
  }

  /** Waits for so many more. */
  void awaitMore(int count) throws InterruptedException {
    long target = acknowledged() + count;
    long end = System.nanoTime() + 60_000_000_000L;
    while (acknowledged() < target) {
      if (System.nanoTime() > end) {
        throw new AssertionError("writers must write, got stuck: " + surprises);
      }
      Thread.sleep(10);
    }
  }

  /** Longest time in which no writer was acknowledged anything, since the last call. */
  long longestPauseMillis() {
    return longestPause.getAndSet(0) / 1_000_000;
  }

  @Override
  public void close() {
    stop();
  }

  void stop() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Every acknowledged write is there once, every doubtful one at most once, and nothing else. */
  void requireExact(PostgresServer server) throws SQLException {
    Map<Integer, Map<Long, Integer>> found = new HashMap<>();
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT writer, number FROM app.payment WHERE writer > 0")) {
      while (row.next()) {
        found
            .computeIfAbsent(row.getInt(1), writer -> new HashMap<>())
            .merge(row.getLong(2), 1, Integer::sum);
      }
    }
    List<String> faults = new ArrayList<>(surprises);
    acknowledged.forEach(
        (writer, numbers) -> {
          Map<Long, Integer> there = found.getOrDefault(writer, Map.of());
          numbers.stream()
              .filter(number -> there.getOrDefault(number, 0) != 1)
              .forEach(
                  number ->
                      faults.add(
                          "write %d of %d is there %d times"
                              .formatted(number, writer, there.getOrDefault(number, 0))));
          there.forEach(
              (number, times) -> {
                boolean doubtful = inDoubt.get(writer).contains(number) && times == 1;
                if (!numbers.contains(number) && !doubtful) {
                  faults.add(
                      "write %d of %d is there %d times, unacknowledged"
                          .formatted(number, writer, times));
                }
              });
        });
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT sum(balance) FROM app.account)"
                    + " - (SELECT count(*) FROM app.payment WHERE writer > 0)")) {
      row.next();
      if (row.getLong(1) != 0) {
        faults.add("balances must fit the payments, they differ by " + row.getLong(1));
      }
    }
    if (!faults.isEmpty()) {
      throw new AssertionError(new TreeSet<>(faults).toString());
    }
  }

  private void write(int writer) {
    long number = 0;
    while (running) {
      PostgresServer server = pointer.generation().equals("v1") ? servers.v1() : servers.v2();
      try (Connection connection =
          server.connect(PostgresServer.DATABASE, Shop.APPLICATION, Shop.PASSWORD)) {
        connection.setAutoCommit(false);
        while (running) {
          number++;
          pay(connection, writer, number);
          inDoubt.get(writer).add(number);
          connection.commit();
          acknowledge(writer, number);
          Thread.sleep(pace.toMillis());
        }
      } catch (SQLException e) {
        note(e);
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void acknowledge(int writer, long number) {
    acknowledged.get(writer).add(number);
    inDoubt.get(writer).remove(number);
    long now = System.nanoTime();
    long gap = now - lastAcknowledged.getAndSet(now);
    longestPause.accumulateAndGet(gap, Math::max);
  }

  private static void pay(Connection connection, int writer, long number) throws SQLException {
    long account = 1 + (writer * 7919L + number) % 1000;
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO payment (writer, number, account, amount, tags)"
                    + " VALUES (?, ?, ?, 1.25, ARRAY['w'])");
        PreparedStatement update =
            connection.prepareStatement("UPDATE account SET balance = balance + 1 WHERE id = ?");
        PreparedStatement history =
            connection.prepareStatement(
                "INSERT INTO history (at, what, ratio) VALUES (now(), 'w', random())");
        PreparedStatement remove =
            connection.prepareStatement(
                "DELETE FROM history WHERE id = ?"
                    + " AND at >= '2025-01-01' AND at < '2026-01-01'")) {
      insert.setInt(1, writer);
      insert.setLong(2, number);
      insert.setLong(3, account);
      insert.executeUpdate();
      update.setLong(1, account);
      update.executeUpdate();
      history.executeUpdate();
      remove.setLong(1, writer * 10_000L + number);
      remove.executeUpdate();
    }
  }

  /** Being fenced out is what happens to clients; a duplicate key or a missing table is not. */
  private void note(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    boolean expected =
        state.startsWith("08") // connection lost
            || state.startsWith("57") // terminated
            || state.startsWith("28") // not permitted to log in
            || state.equals("42501") // no privilege
            || state.equals("25006") // a guard, in the moment in which rights go
            || state.equals("40P01"); // deadlock of two writers
    if (!expected) {
      surprises.add(state + " " + e.getMessage());
    }
  }

  /** A client that is turned away knocks again a little later: each time costs a TLS handshake. */
  private void pause() {
    try {
      Thread.sleep(pace.multipliedBy(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
