package payments.dr.lambda.simulation;

import java.util.function.Consumer;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;

/** Schedules that somebody thought of: what chance meets too rarely, or never. */
enum Directed {
  /** A front door fails, the machine prepares, and a human stops it. */
  ABORT_WHILE_PREPARING(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.FRONT_DOOR, 150, 400))) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.PREPARING, 2, Order.Kind.ABORT);
    }
  },
  /** Nobody sees the primary Region serve while replication falls behind; then it dies. */
  BLIND_BEFORE_THE_FAULT(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.BLIND, 100, 350),
          new Window(SimulatedFault.LAG, 100, 1300),
          new Window(SimulatedFault.REGION, 300, 1300))),
  /** There and back by order, then the next fault within the cool-down. */
  SECOND_FAULT_IN_THE_COOL_DOWN(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.REGION, 1750, 2200))) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.FAILED_OVER, 1150, Order.Kind.FAILBACK);
    }
  },
  /** On the way back the Regions lose each other before both copies of the latch are gone. */
  PARTITION_WHILE_CLEARING(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.AZ, 1800, 1801))) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(
          simulation,
          Phase.FAILED_OVER,
          1150,
          Order.Kind.FAILBACK,
          now -> {
            World world = now.world();
            if (now.invariants().phase() == Phase.FAILING_BACK
                && world.database.movedAt() == world.now()) {
              world.weather.begin(SimulatedFault.PARTITION, world.now(), 280);
            }
          });
    }
  },
  /**
   * The lease runs out by itself, cannot be taken, and is renewed while the DR Region is promoted.
   */
  LEASE_RUNS_OUT_BUT_IS_NOT_TAKEN(
      Scenario.directed(
          Grade.MAJORITY,
          90,
          false,
          new Window(SimulatedFault.REGISTERS, 100, 600),
          new Window(SimulatedFault.DATABASE, 150, 260))),
  /** An invocation freezes between its write and its act, and is paused meanwhile. */
  PAUSE_WHILE_FROZEN(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1000))) {
    @Override
    void prepare(Simulation simulation) {
      simulation
          .interruptions()
          .freezeWhen(() -> simulation.invariants().phase() == Phase.PROMOTING, 30);
      simulation.eachSecond(
          now -> {
            if (now.invariants().phase() == Phase.PROMOTING && now.invariants().promotions() == 0) {
              int pausedAt = now.humans().pausedAt();
              if (pausedAt < 0 || now.world().now() - pausedAt == 60) {
                now.humans().pause(pausedAt < 0);
              }
            }
          });
    }
  },
  /** A cutover passes its point of no return between suspicion and decision. */
  CUTOVER_DURING_SUSPICION(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1000))) {
    @Override
    void prepare(Simulation simulation) {
      simulation.cutOver(140, 45);
    }
  },
  /** The machine decides while a cutover is before its point of no return. */
  CUTOVER_CAUGHT_BEFORE_ITS_POINT_OF_NO_RETURN(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1000))) {
    @Override
    void prepare(Simulation simulation) {
      simulation.cutOver(140, 75);
    }
  };

  private final Scenario scenario;

  Directed(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Plans what nature does not do. */
  void prepare(Simulation simulation) {}

  Outcome run(Mutant mutant) {
    Simulation simulation = new Simulation(scenario, mutant, true);
    prepare(simulation);
    simulation.run().invariants().atRest();
    return simulation.outcome();
  }

  private static void orderOnce(Simulation simulation, Phase phase, int after, Order.Kind kind) {
    orderOnce(simulation, phase, after, kind, now -> {});
  }

  private static void orderOnce(
      Simulation simulation,
      Phase phase,
      int after,
      Order.Kind kind,
      Consumer<Simulation> besides) {
    int[] entered = {-1};
    simulation.eachSecond(
        now -> {
          besides.accept(now);
          if (entered[0] < 0 && now.invariants().phase() == phase) {
            entered[0] = now.world().now();
          }
          if (entered[0] >= 0 && now.world().now() == entered[0] + after) {
            now.humans().order(kind);
          }
        });
  }
}
