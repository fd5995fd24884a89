package payments.dr.lambda.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;

/** What was seen, in the ledger and back. */
class ObservationValuesTest {

  static final Instant AT = Instant.parse("2026-01-01T00:00:07Z");

  static final Observation SEEN =
      new Observation(
          Health.DOWN,
          Health.UNKNOWN,
          Health.UP,
          "v2",
          new Observation.Database(
                  Site.PRIMARY,
                  Activity.BUSY,
                  AT,
                  true,
                  Duration.ofMillis(1500),
                  new EngineVersions("17.7", "17.8"))
              .movingTo(Site.DR)
              .replicatedUntil(AT.minusSeconds(2)),
          new Observation.Traffic(Presence.PRESENT, Presence.ABSENT, Site.DR, true),
          new LeaseReading.Registered(true, true, false, AT.plusSeconds(9)));

  @Test
  void everything_is_read_back() {
    assertEquals(SEEN, ObservationValues.of(written()));
  }

  @Test
  void entry_of_an_earlier_release_proves_no_replication() {
    Map<String, String> values = written();
    values.remove("seen.replicatedUntil");

    assertNull(ObservationValues.of(values).database().replicatedUntil());
  }

  private static Map<String, String> written() {
    Map<String, String> values = new HashMap<>();
    ObservationValues.put(SEEN, values);
    return values;
  }
}
