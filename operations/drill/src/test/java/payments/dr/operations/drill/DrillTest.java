package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.region.RegionPair;
import payments.dr.lambda.model.Order;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.drill.record.DrillRecord.Expectation;
import payments.dr.operations.drill.record.DrillRecord.Sample;

/** How a drill goes in a world that behaves, and in worlds that do not. */
class DrillTest {

  private static final RegionPair<String> REGIONS = new RegionPair<>("us-east-1", "us-east-2");

  private static final Duration BEFORE = Duration.ofSeconds(5);

  private final World world = new World();

  @ParameterizedTest
  @EnumSource(DrillScenario.class)
  void every_scenario_is_as_expected_in_a_world_that_behaves(DrillScenario scenario) {
    world.scenario = scenario;

    DrillLog log = drill(scenario).play();

    assertEquals(List.of(), notMet(log));
    assertEquals(List.of(), world.broken);
    assertEquals(
        switch (scenario.outcome()) {
          case FAILOVER -> List.of(Order.Kind.FAILBACK);
          case SWITCHOVER -> List.of(Order.Kind.SWITCHOVER, Order.Kind.FAILBACK);
          case NOTHING -> List.of();
        },
        world.orders);
    assertEquals(scenario == DrillScenario.KILLED_MID_PROMOTION, world.killed);
  }

  @Test
  void a_failover_that_should_not_be_is_noticed() {
    world.scenario = DrillScenario.REGION_LOST;

    DrillLog log = drill(DrillScenario.PARTITION).play();

    assertTrue(notMet(log).contains("nothing is moved"), notMet(log)::toString);
    assertTrue(notMet(log).contains("the writer stays in us-east-1"), notMet(log)::toString);
    assertEquals(List.of(), world.broken);
  }

  @Test
  void a_route_that_returns_by_itself_is_noticed() {
    world.scenario = DrillScenario.REGION_LOST;
    world.returns = true;

    assertEquals(
        List.of("nothing returns by itself", "a fail-back is taken"),
        notMet(drill(world.scenario).play()));
  }

  @Test
  void a_failover_that_does_not_come_ends_the_drill_and_the_fault() {
    world.scenario = DrillScenario.GRAY;

    assertEquals(
        List.of("the controller moves payments to us-east-2"),
        notMet(drill(DrillScenario.REGION_LOST).play()));
    assertEquals(List.of(), world.broken);
  }

  @Test
  void payments_flow_under_what_is_wrong_before_the_fault() {
    world.scenario = DrillScenario.LAGGING;

    drill(DrillScenario.LAGGING).play();

    assertEquals(List.of("lag", "region-lost"), List.copyOf(world.injected.keySet()));
    Duration between =
        Duration.between(world.injected.get("lag"), world.injected.get("region-lost"));
    assertTrue(between.compareTo(BEFORE) >= 0, between::toString);
  }

  @Test
  void what_is_ordered_needs_no_end_of_the_cool_down() {
    world.scenario = DrillScenario.SWITCHOVER;
    world.coolDownUntil = Instant.MAX;

    assertEquals(List.of(), notMet(drill(DrillScenario.SWITCHOVER).play()));
  }

  @ParameterizedTest
  @EnumSource(names = {"REGION_LOST", "PARTITION"})
  void nothing_is_broken_while_the_controller_would_ask_first(DrillScenario scenario) {
    world.coolDownUntil = Instant.MAX;

    assertThrows(CommandFailedException.class, () -> drill(scenario).play());

    assertFalse(world.everBroken);
  }

  @Test
  void nothing_is_broken_while_not_all_is_well() {
    world.phase = "HALTED";

    assertThrows(CommandFailedException.class, () -> drill(DrillScenario.REGION_LOST).play());

    assertFalse(world.everBroken);
  }

  private Drill drill(DrillScenario scenario) {
    Duration minute = Duration.ofMinutes(1);
    return new Drill(
        scenario,
        REGIONS,
        world,
        new DrillLimits(minute, BEFORE, minute.multipliedBy(4), minute, minute),
        step -> {});
  }

  private static List<String> notMet(DrillLog log) {
    return log.expectations().stream()
        .filter(expected -> !expected.met())
        .map(Expectation::what)
        .toList();
  }

  /** A controller that does what the scenario wants, ten seconds each; customers follow DNS. */
  private static final class World implements DrillEnvironment {

    private DrillScenario scenario = DrillScenario.REGION_LOST;
    private final List<InjectedFault> broken = new ArrayList<>();
    private final Map<String, Instant> injected = new LinkedHashMap<>();
    private final List<Order.Kind> orders = new ArrayList<>();
    private boolean everBroken;
    private boolean killed;
    private boolean returns;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Instant moving;
    private List<String> way = List.of();
    private Instant coolDownUntil = now.plusSeconds(20);
    private String phase = "STEADY";
    private String home = "us-east-1";

    @Override
    public void inject(InjectedFault fault) {
      broken.add(fault);
      everBroken = true;
      injected.put(fault.kind(), now);
      if (!fault.kind().equals("lag") && scenario.outcome() == DrillScenario.Outcome.FAILOVER) {
        go("SUSPECT", "PREPARING", "PROMOTING", "ROUTING", "VERIFYING", "FAILED_OVER");
      }
    }

    @Override
    public void repair(InjectedFault fault) {
      broken.remove(fault);
      if (returns) {
        go("UNROUTING", "STEADY");
      }
    }

    @Override
    public void killController() {
      killed = true;
    }

    @Override
    public Sample look() {
      int at = (int) (Duration.between(moving == null ? now : moving, now).toSeconds() / 10);
      if (!way.isEmpty()) {
        phase = way.get(Math.min(at, way.size() - 1));
      }
      if (phase.equals("ROUTING") || phase.equals("UNROUTING")) {
        home = phase.equals("ROUTING") ? "us-east-2" : "us-east-1";
      }
      return new Sample(now, phase, home, home, Optional.empty());
    }

    @Override
    public boolean isCoolingDown() {
      return now.isBefore(coolDownUntil);
    }

    @Override
    public boolean isOrdered() {
      return false;
    }

    @Override
    public boolean takes(Order.Kind kind) {
      return kind == Order.Kind.FAILBACK
          ? phase.equals("FAILED_OVER") && broken.isEmpty()
          : phase.equals("STEADY");
    }

    @Override
    public void order(Order.Kind kind) {
      orders.add(kind);
      if (kind == Order.Kind.FAILBACK) {
        go("FAILING_BACK", "UNROUTING", "STEADY");
      } else {
        go("PREPARING", "PROMOTING", "ROUTING", "VERIFYING", "FAILED_OVER");
      }
    }

    @Override
    public long accepted(String region, Instant since) {
      return region.equals(home) ? 10 * Math.max(1, Duration.between(since, now).toSeconds()) : 0;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake;
    }

    private void go(String... phases) {
      moving = now;
      way = List.of(phases);
    }
  }
}
