package payments.dr.lambda.simulation;

import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.PortException;

/** People who order, pause and promote by hand, as the scenario or chance has it. */
final class Humans {

  private static final int LONGEST_PAUSE = 600;

  private final World world;
  private final Story story;
  private ControlState control = ControlState.NONE;
  private int pausedAt = -1;
  private int promotedByHandAt = -10_000;
  private int askedAt = -1;

  Humans(World world, Story story) {
    this.world = world;
    this.story = story;
  }

  ControlState control() {
    return control;
  }

  /** Since when it is paused; -1: it is not. */
  int pausedAt() {
    return pausedAt;
  }

  /** When somebody last moved the writer without the controller. */
  int promotedByHandAt() {
    return promotedByHandAt;
  }

  void order(Order.Kind kind) {
    control =
        new ControlState(
            control.paused(),
            new Order(
                "order-" + world.now(),
                kind,
                "simulated",
                "human",
                SimulatedPorts.START.plusSeconds(world.now())));
    story.add(world.now(), "a human orders " + kind);
  }

  void pause(boolean paused) {
    control = new ControlState(paused, control.order());
    pausedAt = paused ? world.now() : -1;
    story.add(world.now(), paused ? "a human pauses" : "a human ends the pause");
  }

  void promoteByHand(Site to) {
    try {
      Promotion how = to == Site.DR ? Promotion.FAILOVER : Promotion.SWITCHOVER;
      if (world.weather.on(SimulatedFault.RDS_SILENT)) {
        throw new PortException("RDS does not answer");
      }
      world.database.promote(to, how, world.now());
      promotedByHandAt = world.now();
      story.add(world.now(), "a human promotes " + to + " by hand");
    } catch (PortException e) {
      // RDS may have taken it without an answer.
      promotedByHandAt = world.database.target() == to ? world.now() : promotedByHandAt;
      story.add(world.now(), "a human cannot promote " + to + ": " + e.getMessage());
    }
  }

  void step(Phase phase) {
    approve(phase);
    if (!world.scenario.meddling()) {
      return;
    }
    if (world.now() >= world.scenario.lastFaultEnd()) {
      if (control.paused()) {
        pause(false);
      }
      return;
    }
    if (pausedAt >= 0 && world.now() - pausedAt > LONGEST_PAUSE) {
      pause(false);
    }
    // By chance alone, nobody would come just then.
    if (phase == Phase.HALTED && world.random.nextInt(60) == 0) {
      order(Order.Kind.RESUME);
    }
    switch (world.random.nextInt(4000)) {
      case 0 -> pause(true);
      case 1 -> pause(false);
      case 2, 3 -> order(Order.Kind.values()[world.random.nextInt(Order.Kind.values().length)]);
      case 4 -> {
        if (world.random.nextInt(5) == 0) {
          promoteByHand(world.random.nextBoolean() ? Site.DR : Site.PRIMARY);
        }
      }
      default -> {}
    }
  }

  private void approve(Phase phase) {
    if (phase != Phase.AWAITING_APPROVAL) {
      askedAt = -1;
    } else if (askedAt < 0) {
      askedAt = world.now();
    } else if (world.scenario.approvalSeconds() > 0
        && world.now() - askedAt == world.scenario.approvalSeconds()) {
      order(Order.Kind.APPROVE);
    }
  }
}
