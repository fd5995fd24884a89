package payments.dr.lambda.aws;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Commits one row in every database that this Region writes, so that the other Region sees how far
 * its replica is. SQL only: a control plane that is down must not look like a database that is.
 *
 * <p>The row has the time of this function's clock, which AWS keeps, and not of the database's: the
 * other Region compares it with that of its own function.
 *
 * <p>Runs beside the ticks at a pace of its own, since a slow look must not make the heart skip.
 */
public final class Heartbeat implements Runnable {

  private static final String FOLLOWS = "SELECT pg_is_in_recovery()";

  private static final String BEAT =
      "INSERT INTO payments_dr.heartbeat (writer_region, beat_at) VALUES (?, ?)"
          + " ON CONFLICT (writer_region) DO UPDATE SET beat_at = excluded.beat_at";

  private final DatabaseSignIn access;
  private final Map<String, DatabaseAddress> writers;
  private final String region;
  private final InstantSource clock;
  private final JsonLog log;
  private final Map<String, String> told = new TreeMap<>();
  private final AtomicInteger beats = new AtomicInteger();
  private final AtomicInteger follows = new AtomicInteger();

  /**
   * Makes a heartbeat that was not written yet.
   *
   * @param writers by generation; the name of one whose Region does not write may not resolve
   * @param region that this function stands in, such as {@code us-east-1}
   */
  public Heartbeat(
      DatabaseSignIn access,
      Map<String, DatabaseAddress> writers,
      String region,
      InstantSource clock,
      JsonLog log) {
    this.access = access;
    this.writers = writers;
    this.region = region;
    this.clock = clock;
    this.log = log;
  }

  /** Never throws: a beat that failed is told in the log. */
  @Override
  public void run() {
    writers.forEach((generation, address) -> tell(generation, beat(address)));
  }

  /** Returns how many rows were committed since the last call. */
  public int takeBeats() {
    return beats.getAndSet(0);
  }

  /** Returns how often, since the last call, a database said that another Region writes. */
  public int takeFollows() {
    return follows.getAndSet(0);
  }

  private String beat(DatabaseAddress address) {
    try (Connection connection = access.connect(address)) {
      if (follows(connection)) {
        follows.incrementAndGet();
        return "another Region writes";
      }
      try (PreparedStatement beat = connection.prepareStatement(BEAT)) {
        beat.setString(1, region);
        beat.setObject(2, clock.instant().atOffset(ZoneOffset.UTC));
        beat.executeUpdate();
      }
      beats.incrementAndGet();
      return "beats";
    } catch (SQLException e) {
      return "does not beat: " + e.getMessage();
    }
  }

  private static boolean follows(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery(FOLLOWS)) {
      answer.next();
      return answer.getBoolean(1);
    }
  }

  /** Only what is new: in the Region that does not write, no beat ever succeeds. */
  private void tell(String generation, String state) {
    if (!state.equals(told.put(generation, state))) {
      log.line("heartbeat", Map.of("generation", generation, "state", state));
    }
  }
}
