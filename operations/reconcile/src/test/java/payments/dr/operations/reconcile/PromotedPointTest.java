package payments.dr.operations.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.controller.SimulatedRegions;

/** What the real controller left in the audit trail of rehearsed moves. */
class PromotedPointTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SimulatedRegions world = new SimulatedRegions().pass(MINUTE);

  @Test
  void point_is_the_newest_heartbeat_before_the_promotion_less_a_margin() {
    failOver();
    // Heartbeats of the new primary itself, which come later, say nothing of what was lost.
    world.pass(MINUTE.multipliedBy(60));

    PromotedPoint point = PromotedPoint.of(world.ledger);

    assertEquals(DatabaseGeneration.V2, point.generation());
    assertEquals(Instant.parse("2026-11-25T02:46:13Z"), point.since());
    assertTrue(
        point.source().endsWith("newest heartbeat of 2026-11-25T03:01:13Z, less 15 minutes"),
        point.source());
  }

  @Test
  void planned_move_since_then_does_not_count() {
    failOver();
    PromotedPoint failover = PromotedPoint.of(world.ledger);
    world.pass(MINUTE.multipliedBy(20));
    world.order(Order.Kind.FAILBACK, "case 1");
    world.pass(MINUTE.multipliedBy(20));
    world.order(Order.Kind.SWITCHOVER, "drill");
    world.pass(MINUTE.multipliedBy(5));

    assertEquals(failover, PromotedPoint.of(world.ledger));
  }

  @Test
  void planned_move_alone_is_no_failover() {
    world.order(Order.Kind.SWITCHOVER, "drill");
    world.pass(MINUTE.multipliedBy(5));

    refused("audit trail must hold an unplanned failover that reached PROMOTING, found none");
  }

  @Test
  void suspicion_that_went_away_is_no_failover() {
    world.external = Health.DOWN;
    world.pass(Duration.ofSeconds(10));
    world.order(Order.Kind.ABORT, "false alarm");

    refused("audit trail must hold an unplanned failover that reached PROMOTING, found none");
  }

  @Test
  void empty_trail_is_told_with_the_way_out() {
    assertTrue(refused("audit trail must hold").contains("after a promotion by hand say --since"));
  }

  /** No guess: a time too late would tell that nothing is missing. */
  @Test
  void failover_that_saw_no_heartbeat_gives_no_point() {
    SimulatedRegions blind = new SimulatedRegions();
    blind.external = Health.DOWN;
    blind.pass(MINUTE);
    blind.order(Order.Kind.FORCE, "payments fail");
    blind.pass(MINUTE.multipliedBy(5));

    String said =
        assertThrows(BadInputException.class, () -> PromotedPoint.of(blind.ledger)).getMessage();

    assertTrue(said.contains("no heartbeat was seen before it promoted at 2026-11-25T03:0"), said);
    assertTrue(said.contains("say --since"), said);
  }

  private void failOver() {
    world.order(Order.Kind.FORCE, "payments fail");
    world.pass(MINUTE.multipliedBy(5));
  }

  private String refused(String message) {
    List<String> said =
        List.of(
            assertThrows(BadInputException.class, () -> PromotedPoint.of(world.ledger))
                .getMessage());
    assertTrue(said.get(0).startsWith(message), said::toString);
    return said.get(0);
  }
}
