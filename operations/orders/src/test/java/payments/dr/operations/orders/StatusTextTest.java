package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;

class StatusTextTest {

  private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

  @Test
  void what_the_database_proves_is_told_where_heartbeats_say_less() {
    assertEquals(
        "v1 written in PRIMARY, IDLE; heartbeat 1 h 0 min old, DR has all until 2 s before;"
            + " the other Region follows 300 ms behind",
        database(NOW.minusSeconds(3600), NOW.minusSeconds(2)));
    assertEquals(
        "v1 written in PRIMARY, IDLE; heartbeat not seen, DR has all until 2 s before;"
            + " the other Region follows 300 ms behind",
        database(null, NOW.minusSeconds(2)));
    assertEquals(
        "v1 written in PRIMARY, IDLE; heartbeat 1 s old; the other Region follows 300 ms behind",
        database(NOW.minusSeconds(1), NOW.minusSeconds(2)));
  }

  private static String database(Instant heartbeatAt, Instant replicatedUntil) {
    Observation.Database database =
        new Observation.Database(
                Site.PRIMARY,
                Activity.IDLE,
                heartbeatAt,
                true,
                Duration.ofMillis(300),
                EngineVersions.UNSEEN)
            .replicatedUntil(replicatedUntil);
    Observation seen =
        new Observation(
            Health.UP,
            Health.UP,
            Health.UP,
            "v1",
            database,
            new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
            new LeaseReading.Unread());
    return StatusText.database(new Recorded(State.INITIAL, Phase.STEADY, "Nothing", seen, NOW));
  }
}
