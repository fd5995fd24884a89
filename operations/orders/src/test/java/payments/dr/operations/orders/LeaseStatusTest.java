package payments.dr.operations.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.ControllerView;
import payments.dr.testing.ProjectCopy;

/** What a person is told of a lease that two of three registers decide on. */
class LeaseStatusTest {

  private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "DR, false, false, 25, us-east-2 does not hold it; us-east-1 may write until 2026-11-25T03:00:25Z",
    "DR, true, false, -5, us-east-2 holds it; us-east-1 may write until 2026-11-25T02:59:55Z",
    "DR, false, true, 25, us-east-2 was given it by force; us-east-1 may write until 2026-11-25T03:00:25Z",
    "PRIMARY, true, false, 0, us-east-1 holds it; us-east-2 may write until 2026-11-25T03:00:00Z",
    "PRIMARY, true, false, , us-east-1 holds it; us-east-2 never did"
  })
  void lease_is_told_from_where_the_controller_stands(
      Site standsIn, boolean taken, boolean forced, Long left, String told) {
    Instant until = left == null ? Instant.EPOCH : NOW.plusSeconds(left);
    LeaseReading lease = new LeaseReading.Registered(taken, taken, forced, until);

    assertTrue(
        text(view(standsIn, lease)).contains("lease      " + told + System.lineSeparator()),
        () -> text(view(standsIn, lease)));
  }

  @Test
  void lease_that_is_not_renewed_wants_attention_before_anything_fails() {
    assertEquals(List.of(), attention(held(25)));
    assertEquals(List.of(), attention(held(-1)));
    assertEquals(
        List.of(
            "lease is not renewed by us-east-1 as the newest tick saw it: us-east-2 does not hold"
                + " it; us-east-1 may write until 2026-11-25T02:59:58Z"),
        attention(held(-2)));
    assertEquals(
        List.of(
            "lease is not renewed by us-east-1 as the newest tick saw it: NOT READ: fewer than two"
                + " registers answered, nobody ever renewed, or the controller's clock is wrong"),
        attention(new LeaseReading.Unread()));
  }

  @Test
  void json_says_what_was_read() throws IOException {
    JsonNode lease = json(view(Site.DR, held(25)));
    assertTrue(lease.path("read").asBoolean());
    assertFalse(lease.path("heldHere").asBoolean(true));
    assertEquals("2026-11-25T03:00:25Z", lease.path("otherUntil").asText());
    lease = json(view(Site.DR, new LeaseReading.Unread()));
    assertFalse(lease.path("read").asBoolean(true));
    assertFalse(lease.has("otherUntil"));
  }

  @Test
  void lower_grades_have_no_lease_to_tell_of() {
    ControllerView view = view(Site.DR, new LeaseReading.Unproven(false));

    assertFalse(text(view).contains("lease "), text(view));
    assertEquals(
        List.of(), Attention.of(view).stream().filter(it -> it.contains("lease")).toList());
    assertFalse(StatusJson.of(view, Optional.empty(), 0).contains("\"lease\""));
  }

  private static LeaseReading held(long left) {
    return new LeaseReading.Registered(false, false, false, NOW.plusSeconds(left));
  }

  private static List<String> attention(LeaseReading lease) {
    return Attention.of(view(Site.DR, lease)).stream()
        .filter(line -> line.startsWith("lease"))
        .toList();
  }

  private static JsonNode json(ControllerView view) throws IOException {
    return new ObjectMapper().readTree(StatusJson.of(view, Optional.empty(), 0)).path("lease");
  }

  private static String text(ControllerView view) {
    return StatusText.of(view, Optional.empty());
  }

  private static ControllerView view(Site standsIn, LeaseReading lease) {
    Environment environment = new Project(ProjectCopy.PROJECT).environment("staging");
    Observation seen =
        new Observation(
            Health.UP,
            Health.UP,
            Health.UP,
            "v2",
            new Observation.Database(
                Site.PRIMARY,
                Activity.IDLE,
                NOW.minusSeconds(2),
                true,
                Duration.ofMillis(300),
                EngineVersions.UNSEEN),
            new Observation.Traffic(Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, false),
            lease);
    return new ControllerView(
        environment,
        standsIn,
        Optional.of(new Recorded(State.INITIAL, Phase.STEADY, "Nothing", seen, NOW)),
        ControlRecord.read(new InMemoryLedger()),
        Optional.empty(),
        Policy.recommended(environment.name(), Mode.AUTO),
        NOW);
  }
}
