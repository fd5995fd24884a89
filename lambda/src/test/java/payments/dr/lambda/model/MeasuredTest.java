package payments.dr.lambda.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasuredTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SHORTEST = Duration.ofSeconds(20);

  @Test
  void outage_begins_when_the_fault_may_have() {
    assertEquals(
        Optional.of(Duration.ofSeconds(220)),
        Measured.outage(
            state(Phase.VERIFYING, Promotion.FAILOVER, 290, START),
            state(Phase.FAILED_OVER, Promotion.FAILOVER, 300, START),
            SHORTEST));
  }

  @Test
  void a_planned_move_begins_with_its_order() {
    assertEquals(
        Optional.of(Duration.ofSeconds(200)),
        Measured.outage(
            state(Phase.VERIFYING, Promotion.SWITCHOVER, 290, START),
            state(Phase.FAILED_OVER, Promotion.SWITCHOVER, 300, START),
            SHORTEST));
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, names = "VERIFYING", mode = EnumSource.Mode.EXCLUDE)
  void only_the_proof_ends_an_outage(Phase from) {
    assertEquals(
        Optional.empty(),
        Measured.outage(
            state(from, Promotion.FAILOVER, 290, START),
            state(Phase.FAILED_OVER, Promotion.FAILOVER, 300, START),
            SHORTEST));
  }

  @Test
  void loss_is_what_may_have_been_served_and_is_not_replicated() {
    assertEquals(
        Optional.of(Duration.ofSeconds(15)),
        Measured.loss(
            state(Phase.PREPARING, Promotion.FAILOVER, 120, START.plusSeconds(65)),
            state(Phase.PROMOTING, Promotion.FAILOVER, 130, START.plusSeconds(65)),
            SHORTEST));
  }

  @Test
  void a_planned_move_loses_nothing() {
    assertEquals(
        Optional.of(Duration.ZERO),
        Measured.loss(
            state(Phase.PREPARING, Promotion.SWITCHOVER, 120, START),
            state(Phase.PROMOTING, Promotion.SWITCHOVER, 130, START),
            SHORTEST));
  }

  @Test
  void without_any_heartbeat_no_loss_is_known() {
    assertEquals(
        Optional.empty(),
        Measured.loss(
            state(Phase.PREPARING, Promotion.FAILOVER, 120, Instant.EPOCH),
            state(Phase.PROMOTING, Promotion.FAILOVER, 130, Instant.EPOCH),
            SHORTEST));
  }

  /** Of an incident suspected at second 100. */
  private static State state(Phase phase, Promotion promotion, int since, Instant replicated) {
    return new State(
        7,
        phase,
        START.plusSeconds(since),
        new Incident(
            "id",
            "v1",
            promotion,
            Authority.MACHINE,
            START.plusSeconds(100),
            Suspicion.since(START.plusSeconds(100)),
            1,
            Asking.NONE),
        new Memory(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, replicated),
        Instant.EPOCH,
        "",
        "why");
  }
}
