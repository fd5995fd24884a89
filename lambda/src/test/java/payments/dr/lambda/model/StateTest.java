package payments.dr.lambda.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StateTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void phase_that_is_entered_again_goes_on_since_it_began() {
    State steady = State.INITIAL.enter(Phase.SUSPECT, NOW, "doubted");
    assertEquals(NOW, steady.since());

    State again = steady.enter(Phase.SUSPECT, NOW.plusSeconds(5), "doubted more");
    assertEquals(NOW, again.since());
    assertEquals("doubted more", again.why());
  }

  @Test
  void payment_that_was_seen_in_the_primary_region_is_remembered() {
    assertEquals(NOW, Memory.EMPTY.after(paid(Site.PRIMARY), NOW).lastUpAt());
    assertEquals(NOW, Memory.EMPTY.after(paid(Site.UNKNOWN), NOW).lastUpAt());
  }

  /** Its probe answers then, too: it follows. */
  @Test
  void primary_region_that_answers_while_the_other_one_writes_was_not_paid_in() {
    assertEquals(Instant.EPOCH, Memory.EMPTY.after(paid(Site.DR), NOW).lastUpAt());
  }

  private static Observation paid(Site writer) {
    return new Observation(
        Health.DOWN,
        Health.UP,
        Health.UP,
        "v1",
        new Observation.Database(writer, Activity.IDLE, null, true, null, EngineVersions.UNSEEN),
        new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
        new LeaseReading.Unproven(false));
  }
}
