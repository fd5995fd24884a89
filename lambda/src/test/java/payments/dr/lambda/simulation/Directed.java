package payments.dr.lambda.simulation;

import java.util.function.Consumer;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Site;

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
          new Window(SimulatedFault.PARTITION, 100, 300),
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
  /**
   * Somebody moves the writer back by hand, and the Regions lose each other before both copies of
   * the latch are gone.
   */
  PARTITION_WHILE_CLEARING(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.AZ, 1800, 1801))) {
    @Override
    void prepare(Simulation simulation) {
      promoteHomeAt(simulation, 1450);
      simulation.eachSecond(
          now -> {
            World world = now.world();
            boolean home = world.database.writer() == Site.PRIMARY;
            if (home && world.database.movedAt() == world.now()) {
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
  /**
   * The primary Region reaches neither register but its own, and its customers reach it: it stops,
   * and is replaced.
   */
  CUT_OFF_FROM_BOTH(
      Scenario.directed(Grade.MAJORITY, 60, false, new Window(SimulatedFault.ISOLATED, 150, 1500)),
      Ends.FAILED_OVER),
  /** The witness is lost: the two other registers do. */
  WITNESS_LOST(
      Scenario.directed(Grade.MAJORITY, 60, true, new Window(SimulatedFault.WITNESS, 100, 2000))
          .until(1500),
      Ends.UNDISTURBED),
  /** The Regions lose each other: each has the witness, and only one has the lease. */
  REGIONS_LOSE_EACH_OTHER(
      Scenario.directed(Grade.MAJORITY, 60, false, new Window(SimulatedFault.PARTITION, 100, 2000))
          .until(1500),
      Ends.UNDISTURBED),
  /** Then the primary Region as well: one register is left, and a human is asked. */
  WITNESS_LOST_THEN_PRIMARY_REGION(
      Scenario.directed(
              Grade.MAJORITY,
              60,
              true,
              new Window(SimulatedFault.WITNESS, 100, 2000),
              new Window(SimulatedFault.REGION, 200, 2000))
          .until(1500),
      Ends.ASKING),
  /** The same, and a human insists. */
  FORCED_WITHOUT_A_MAJORITY(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.WITNESS, 100, 2000),
          new Window(SimulatedFault.REGION, 200, 1500)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 500, Order.Kind.FORCE);
    }
  },
  /** The witness comes back while a human is asked: the machine goes on. */
  WITNESS_COMES_BACK_WHILE_A_HUMAN_IS_ASKED(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.WITNESS, 100, 500),
          new Window(SimulatedFault.REGION, 200, 2000)),
      Ends.DR_SERVES),
  /** The DR Region and the witness are lost: one register is as if cut off, and must not go on. */
  WITNESS_AND_DR_REGION_LOST(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.WITNESS, 200, 900),
          new Window(SimulatedFault.DR_REGION, 200, 900)),
      Ends.HOME_AFTER_IT_STOPPED),
  /** A planned move and the way back: the lease goes along, both times. */
  SWITCHOVER_AND_BACK(
      Scenario.directed(Grade.MAJORITY, 40, true, new Window(SimulatedFault.LAG, 1999, 2000)),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderOnce(simulation, Phase.FAILED_OVER, 700, Order.Kind.FAILBACK);
    }
  },
  /** After a failover, by order of a human, when the primary Region has long been back. */
  FAILOVER_AND_BACK(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.LAG, 1999, 2000)),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.FAILED_OVER, 1150, Order.Kind.FAILBACK);
    }
  },
  /** RDS begins a switchover and cancels it: customers who left come back to the old Region. */
  CANCELLED_SWITCHOVER(
      Scenario.directed(
              Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_CANCELS, 100, 900))
          .until(1200),
      Ends.HOME_AFTER_A_CANCELLED_MOVE) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
    }
  },
  /** RDS begins the way back and cancels it: the DR Region goes on serving. */
  CANCELLED_WAY_BACK(
      Scenario.directed(
              Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_CANCELS, 900, 1600))
          .until(2000),
      Ends.DR_SERVES_AFTER_A_CANCELLED_MOVE) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderAt(simulation, 1000, Order.Kind.FAILBACK);
    }
  },
  /** RDS refuses the way back: nobody notices. */
  REFUSED_WAY_BACK(
      Scenario.directed(
              Grade.BEST_EFFORT, 40, true, new Window(SimulatedFault.RDS_REFUSES, 900, 1600))
          .until(2000),
      Ends.DR_SERVES_AFTER_A_PLANNED_MOVE) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderAt(simulation, 1000, Order.Kind.FAILBACK);
    }
  },
  /** A human pauses while the hold lapses: customers stay where the writer is. */
  PAUSED_WHILE_LOOSENING(
      Scenario.directed(Grade.BEST_EFFORT, 40, true, new Window(SimulatedFault.LAG, 1999, 2000)),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderAt(simulation, 1000, Order.Kind.FAILBACK);
      pauseIn(simulation, Phase.LOOSENING, 20, 500);
    }
  },
  /** A human changes their mind while the hold lapses. */
  ABORTED_WHILE_LOOSENING(
      Scenario.directed(Grade.BEST_EFFORT, 40, true, new Window(SimulatedFault.LAG, 1999, 2000)),
      Ends.DR_SERVES_AFTER_A_PLANNED_MOVE) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderAt(simulation, 1000, Order.Kind.FAILBACK);
      orderOnce(simulation, Phase.LOOSENING, 60, Order.Kind.ABORT);
    }
  },
  /** RDS refuses a switchover whose lease was taken: it goes back before it has run out. */
  REFUSED_SWITCHOVER_UNDER_A_LEASE(
      Scenario.directed(Grade.MAJORITY, 60, true, new Window(SimulatedFault.RDS_REFUSES, 100, 900)),
      Ends.HOME_WITHIN_40_S) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
    }
  },
  /** A human stops a failover of a living writer just before its lease has run out. */
  ABORTED_WHILE_THE_LEASE_RUNS_OUT(
      Scenario.directed(Grade.MAJORITY, 60, true, new Window(SimulatedFault.FRONT_DOOR, 150, 400)),
      Ends.HOME_AFTER_THE_FAULT) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.PREPARING, 30, Order.Kind.ABORT);
    }
  },
  /**
   * A human promotes the DR Region without the controller: it is closed until the lease follows.
   */
  PROMOTED_BY_HAND_UNDER_A_LEASE(
      Scenario.directed(Grade.MAJORITY, 60, false, new Window(SimulatedFault.LAG, 1999, 2000)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      simulation.eachSecond(
          now -> {
            if (now.world().now() == 200) {
              now.humans().promoteByHand(Site.DR);
            }
          });
    }
  },
  /** An invocation freezes between its write and its act, and is paused meanwhile. */
  PAUSE_WHILE_FROZEN(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1000))) {
    @Override
    void prepare(Simulation simulation) {
      freezeAndPause(simulation, "Latch", 1);
    }
  },
  /** The same, between looking up where to promote and the order to do it. */
  PAUSE_WHILE_FROZEN_BEFORE_THE_ORDER(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1000))) {
    @Override
    void prepare(Simulation simulation) {
      freezeAndPause(simulation, "PromoteDr", 3);
    }
  },
  /** A promotion takes eight minutes: longer than the controller waits before it says so. */
  SLOW_PROMOTION(
      Scenario.directed(Grade.BEST_EFFORT, 480, true, new Window(SimulatedFault.REGION, 150, 1500)),
      Ends.FAILED_OVER),
  /** The name has no address: the checkers say so, PEER cannot tell, and heartbeats go on. */
  NO_ADDRESS(
      Scenario.directed(
              Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.NO_ADDRESS, 150, 1500))
          .until(1000),
      Ends.ASKING),
  /** Checkers err while replication stalls, and payments are committed all the time. */
  CHECKERS_ERR_WHILE_HEARTBEATS_STALL(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.CHECKERS, 180, 1500),
              new Window(SimulatedFault.LAG, 100, 1500))
          .until(1000),
      Ends.ASKING),
  /** The primary Region's function stalls for an hour, and then its front door dies. */
  FRONT_DOOR_DIES_LONG_AFTER_THE_FUNCTION(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.NO_HEARTBEATS, 100, 6000),
              new Window(SimulatedFault.FRONT_DOOR, 3700, 6000))
          .until(4700),
      Ends.FAILED_OVER),
  /**
   * The same, and long before the Regions have lost each other: nobody knows what is replicated.
   */
  PARTITION_LONG_BEFORE_THE_FRONT_DOOR_DIES(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.PARTITION, 100, 2000),
              new Window(SimulatedFault.NO_HEARTBEATS, 100, 2000),
              new Window(SimulatedFault.FRONT_DOOR, 900, 2000))
          .until(1400),
      Ends.ASKING),
  /** RDS begins the failover of a dead Region and cancels it, once. */
  CANCELLED_FAILOVER(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.RDS_CANCELS, 100, 320)),
      Ends.DR_SERVES),
  /** The same for long; the Region is back meanwhile, and customers must find it. */
  FALSE_ALARM_AND_CANCELLED_FAILOVERS(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.FRONT_DOOR, 150, 230),
          new Window(SimulatedFault.RDS_CANCELS, 100, 1500)),
      Ends.HOME),
  /** The same, and the Region stays dark until long after the machine gave up. */
  CANCELLED_FAILOVERS_OF_A_DARK_REGION(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.REGION, 150, 2000),
              new Window(SimulatedFault.RDS_CANCELS, 100, 900))
          .until(2400),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 1200, Order.Kind.APPROVE);
    }
  },
  /** RDS cancels the failover of a dead Region once, and the checkers cannot be read meanwhile. */
  CANCELLED_WHILE_BLIND(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.RDS_CANCELS, 100, 320)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 5, SimulatedFault.BLIND, 70);
    }
  },
  /** Neither RDS nor the checkers can be read just after the call. */
  CALL_LOST_AND_BLIND(
      Scenario.directed(Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.REGION, 150, 1500)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 0, SimulatedFault.BLIND, 75);
      beginIn(simulation, Phase.PROMOTING, 0, SimulatedFault.RDS_SILENT, 75);
    }
  },
  /** A false alarm in a partition: the fence is not reached, and RDS cancels the failover. */
  CANCELLED_WITHOUT_A_FENCE(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          false,
          new Window(SimulatedFault.FRONT_DOOR, 150, 232),
          new Window(SimulatedFault.PARTITION, 150, 400),
          new Window(SimulatedFault.RDS_CANCELS, 100, 1500)),
      Ends.HOME),
  /** A human aborts after customers were sent ahead, once RDS has cancelled the failover. */
  ABORTED_AFTER_A_CANCELLED_FAILOVER(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.FRONT_DOOR, 150, 300),
              new Window(SimulatedFault.RDS_CANCELS, 100, 1500))
          .until(1500),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.PROMOTING, 66, Order.Kind.ABORT);
    }
  },
  /** A switchover is ordered, and RDS refuses it. */
  REFUSED_SWITCHOVER(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_REFUSES, 100, 900)),
      Ends.HOME_WITHIN_40_S) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
    }
  },
  /** A human gives a switchover up that RDS took without an answer. */
  ABORTED_SWITCHOVER(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_LATE, 100, 900))) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.SWITCHOVER);
      orderOnce(simulation, Phase.PROMOTING, 8, Order.Kind.ABORT);
    }
  },
  /** A forced failover of a healthy Region, the same way. */
  ABORTED_FAILOVER(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, false, new Window(SimulatedFault.RDS_LATE, 100, 900))) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.FORCE);
      orderOnce(simulation, Phase.PROMOTING, 8, Order.Kind.ABORT);
    }
  },
  /** A preparation is aborted while nobody sees who writes: the fence falls at once. */
  ABORTED_WHILE_RDS_IS_SILENT(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_SILENT, 100, 1000)),
      Ends.HOME_WITHIN_40_S) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.FORCE);
      orderOnce(simulation, Phase.PREPARING, 8, Order.Kind.ABORT);
    }
  },
  /** A human resumes while the promotion that took too long is still under way. */
  RESUMED_WHILE_THE_WRITER_MOVES(
      Scenario.directed(
          Grade.BEST_EFFORT, 480, false, new Window(SimulatedFault.DATABASE, 150, 400)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.HALTED, 10, Order.Kind.RESUME);
    }
  },
  /** RDS is silent for longer than a preparation may take; the primary Region stays dead. */
  SILENT_FOR_A_MINUTE(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.RDS_SILENT, 208, 300)),
      Ends.DR_SERVES),
  /**
   * The question that the checkers' error raised, and later the Region dies behind in replication.
   */
  DEAD_AFTER_THE_CHECKERS_ERRED(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.CHECKERS, 180, 900),
              new Window(SimulatedFault.LAG, 100, 900),
              new Window(SimulatedFault.REGION, 900, 2000))
          .until(1400),
      Ends.ASKING),
  /** Asked in a cool-down; the checkers err for long, and PEER misses one look at its end. */
  ONE_MISSED_LOOK_AFTER_THE_COOL_DOWN(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.FRONT_DOOR, 150, 215),
              new Window(SimulatedFault.CHECKERS, 230, 3000),
              new Window(SimulatedFault.FRONT_DOOR, 2100, 2106))
          .until(2400),
      Ends.NOT_MOVED) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.PREPARING, 2, Order.Kind.ABORT);
    }
  },
  /** A false alarm of a minute: the fence is reached, and RDS refuses the failover. */
  FALSE_ALARM_AND_REFUSED_FAILOVER(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.FRONT_DOOR, 150, 232),
          new Window(SimulatedFault.RDS_REFUSES, 100, 900)),
      Ends.HOME_AT_LAST),
  /** A human forces the failover of a healthy Region while RDS answers nothing. */
  FORCED_WHILE_RDS_IS_SILENT(
      Scenario.directed(
          Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_SILENT, 100, 1000)),
      Ends.HOME_WITHIN_100_S) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.FORCE);
    }
  },
  /** At the moment of the decision the DR Region is not ready, and it is a moment later. */
  UNREADY_FOR_A_MOMENT(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.DR_UNREADY, 150, 230)),
      Ends.FAILED_OVER),
  /** The same, for longer than the machine waits before it asks. */
  UNREADY_WHILE_A_HUMAN_IS_ASKED(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.DR_UNREADY, 150, 260)),
      Ends.FAILED_OVER),
  /** The same, and RDS accepts again while the primary Region has been well for minutes. */
  FALSE_ALARM_AND_RDS_THAT_COMES_BACK(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.FRONT_DOOR, 150, 232),
          new Window(SimulatedFault.RDS_REFUSES, 100, 700)),
      Ends.HOME_AT_LAST),
  /** RDS refuses the failover of a dead Region, and nobody sees the writer for five minutes. */
  REFUSED_THEN_UNSEEN(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.REGION, 150, 1100),
              new Window(SimulatedFault.RDS_REFUSES, 100, 300))
          .until(1900),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 0, SimulatedFault.RDS_SILENT, 330);
      orderAt(simulation, 900, Order.Kind.FORCE);
    }
  },
  /** RDS refuses for long, and one look misses the writer just after the move was given up. */
  UNSEEN_FOR_A_MOMENT_AFTER_THE_LIMIT(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.REGION, 150, 1700),
              new Window(SimulatedFault.RDS_REFUSES, 100, 900))
          .until(2500),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 310, SimulatedFault.RDS_SILENT, 6);
      orderAt(simulation, 1500, Order.Kind.FORCE);
    }
  },
  /** A human aborts while nobody sees who writes, and the fence cannot be lifted at once. */
  ABORTED_WHILE_THE_FENCE_IS_OUT_OF_REACH(
      Scenario.directed(
              Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.RDS_SILENT, 196, 2000))
          .until(1200),
      Ends.HOME_WITHIN_100_S) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 196, Order.Kind.FORCE);
      orderOnce(
          simulation,
          Phase.PREPARING,
          45,
          Order.Kind.ABORT,
          now -> {
            World world = now.world();
            if (world.now() == 243) {
              world.weather.begin(SimulatedFault.PARTITION, world.now(), 15);
            }
          });
    }
  },
  /** A human approves in a cool-down, and RDS is silent for longer than a preparation may take. */
  APPROVED_WHILE_RDS_IS_SILENT(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.REGION, 150, 900),
              new Window(SimulatedFault.RDS_SILENT, 400, 480))
          .until(1700),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 185, Order.Kind.ABORT);
      orderAt(simulation, 395, Order.Kind.APPROVE);
    }
  },
  /** The same, and the latch cannot be read just then: it may have to be cleared. */
  REFUSED_THEN_UNSEEN_WITH_THE_LATCH(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.REGION, 150, 2500),
              new Window(SimulatedFault.RDS_REFUSES, 100, 300))
          .until(1500),
      Ends.ASKING) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 0, SimulatedFault.RDS_SILENT, 330);
      beginIn(simulation, Phase.PROMOTING, 325, SimulatedFault.DR_STORAGE, 20);
    }
  },
  /** On the way back nobody sees the writer for long, nor the DR Region's copy of the latch. */
  UNSEEN_ON_THE_WAY_BACK(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.DATABASE, 150, 400),
              new Window(SimulatedFault.DR_STORAGE, 150, 1600))
          .until(3000)) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.FAILED_OVER, 1150, Order.Kind.FAILBACK);
      beginIn(simulation, Phase.FAILING_BACK, 8, SimulatedFault.RDS_SILENT, 330);
    }
  },
  /**
   * Customers are sent ahead, a human pauses, and somebody moves the writer there and back by hand.
   */
  MOVED_BACK_BY_HAND_IN_A_PAUSE(
      Scenario.directed(Grade.NONE, 60, true, new Window(SimulatedFault.LAG, 1299, 1300)),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.FORCE);
      pauseIn(simulation, Phase.PROMOTING, 40, 900);
      promoteHomeAt(simulation, 750);
    }
  },
  /** A human resumes a way back that nobody sees the end of. */
  RESUMED_UNSEEN_ON_THE_WAY_BACK(
      Scenario.directed(Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.DATABASE, 150, 400))
          .until(3000),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderOnce(simulation, Phase.FAILED_OVER, 1150, Order.Kind.FAILBACK);
      beginIn(simulation, Phase.FAILING_BACK, 8, SimulatedFault.RDS_SILENT, 400);
      orderOnce(simulation, Phase.HALTED, 10, Order.Kind.RESUME);
    }
  },
  /** On a way back that took too long the one copy of the latch is where nobody sees it. */
  COPY_UNSEEN_ON_THE_WAY_BACK(
      Scenario.directed(Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.DATABASE, 150, 400))
          .until(3000),
      Ends.HOME) {
    @Override
    void prepare(Simulation simulation) {
      beginIn(simulation, Phase.PROMOTING, 0, SimulatedFault.DR_STORAGE, 1400);
      orderOnce(simulation, Phase.FAILED_OVER, 1150, Order.Kind.FAILBACK);
      beginIn(simulation, Phase.FAILING_BACK, 8, SimulatedFault.RDS_SILENT, 330);
      beginIn(simulation, Phase.FAILING_BACK, 300, SimulatedFault.PARTITION, 200);
    }
  },
  /** A human resumes and forces again while the first promotion is under way, and unseen. */
  FORCED_AGAIN_WHILE_THE_WRITER_MOVES(
      Scenario.directed(
              Grade.BEST_EFFORT, 480, false, new Window(SimulatedFault.RDS_SILENT, 225, 900))
          .until(1700)) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 200, Order.Kind.FORCE);
      orderOnce(simulation, Phase.HALTED, 10, Order.Kind.RESUME);
      orderOnce(simulation, Phase.HALTED, 24, Order.Kind.FORCE);
      orderOnce(simulation, Phase.HALTED, 44, Order.Kind.APPROVE);
    }
  },
  /** A human forces the failover of a dead Region late, and RDS refuses it for a while. */
  FORCED_LATE_WHILE_RDS_REFUSES(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.LAG, 100, 300),
              new Window(SimulatedFault.REGION, 250, 1500),
              new Window(SimulatedFault.RDS_REFUSES, 100, 720))
          .until(2000),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 620, Order.Kind.FORCE);
    }
  },
  /** What a human approved could not begin, and three quarters of an hour later it could. */
  APPROVED_LONG_AGO(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.CHECKERS, 180, 5000),
              new Window(SimulatedFault.RDS_SILENT, 312, 420),
              new Window(SimulatedFault.LAG, 1500, 5000),
              new Window(SimulatedFault.FRONT_DOOR, 3000, 3060))
          .until(3500),
      Ends.NOT_MOVED) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 320, Order.Kind.APPROVE);
    }
  },
  /** While the suspicion is confirmed, the checkers' verdict cannot be read for a moment. */
  UNREADABLE_FOR_A_MOMENT(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 1500),
          new Window(SimulatedFault.BLIND, 206, 218)),
      Ends.FAILED_OVER),
  /** Four of five requests fail: PEER is served now and then. */
  BROWN(
      Scenario.directed(Grade.BEST_EFFORT, 60, true, new Window(SimulatedFault.BROWN, 150, 1500)),
      Ends.FAILED_OVER_WITHIN_400_S),
  /** S3 of the DR Region refuses the latch; the other Region's bucket takes it. */
  LATCH_REFUSED_IN_DR(
      Scenario.directed(
              Grade.BEST_EFFORT,
              60,
              true,
              new Window(SimulatedFault.DATABASE, 150, 1500),
              new Window(SimulatedFault.DR_STORAGE, 150, 2000))
          .until(1500),
      Ends.FAILED_OVER),
  /** The DR Region is lost while it serves: a human has the primary Region take the writer. */
  DR_LOST(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.DR_REGION, 1500, 2400)),
      Ends.TAKEN_HOME_WITHIN_225_S) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1560);
    }
  },
  /** RDS begins to move the writer home and cancels it, and the DR Region comes back. */
  CANCELLED_WAY_HOME(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.RDS_CANCELS, 1500, 2100),
          new Window(SimulatedFault.DR_REGION, 1500, 1600)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1560);
      simulation.eachSecond(
          now -> {
            int second = now.world().now();
            if (second == 1450 || second == 2200) {
              now.humans().pause(second == 1450);
            }
            if (second == 2190) {
              now.invariants().leadsToDr();
            }
          });
    }
  },
  /**
   * The writer comes home while nobody sees it, and a human ends the wait. A second order then lets
   * the primary Region write, though no copy of the latch is to be seen any more.
   */
  WAY_HOME_THAT_NOBODY_SAW(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.FRONT_DOOR, 150, 400),
          new Window(SimulatedFault.CONTROL_PLANE, 1580, 1950),
          new Window(SimulatedFault.DR_REGION, 1500, 2900)),
      Ends.TAKEN_HOME_WITHIN_560_S) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1560);
      takeHomeAt(simulation, 2000);
      simulation.eachSecond(
          now -> {
            if (now.world().now() == 1900) {
              now.home().humans().order(Order.Kind.RESUME);
            }
          });
    }
  },
  /**
   * RDS gave up a planned move when the primary Region went dark, and a copy of the latch stayed in
   * it. It comes back together with the failover that the writer follows it by.
   */
  LATCH_OF_A_PLANNED_MOVE_COMES_BACK_WITH_THE_FAILOVER(
      Scenario.directed(Grade.BEST_EFFORT, 90, true, new Window(SimulatedFault.REGION, 150, 385)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 72, Order.Kind.SWITCHOVER);
    }
  },
  /** Its loss under a lease, which the witness and the primary Region's own register decide on. */
  DR_LOST_UNDER_A_LEASE(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          false,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.DR_REGION, 1500, 2400)),
      Ends.TAKEN_HOME) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1560);
    }
  },
  /** Its ledger and the witness are lost with it: the lease is forced, because a human says so. */
  DR_LOST_WITH_THE_WITNESS(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.WITNESS, 1500, 2400),
          new Window(SimulatedFault.DR_REGION, 1500, 2400)),
      Ends.TAKEN_HOME) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1560);
    }
  },
  /**
   * The DR Region is lost before the primary one follows it again: RDS moves no writer to a cluster
   * that is no replica, and the DR Region serves on once it is back.
   */
  DR_LOST_BEFORE_THE_STANDBY_FOLLOWS(
      Scenario.directed(
          Grade.BEST_EFFORT,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.DR_REGION, 450, 1200)),
      Ends.DR_SERVES) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 520);
    }
  },
  /** The DR Region comes and goes while the writer is taken home. */
  DR_REGION_FLAPS(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          false,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.DR_REGION, 1500, 1590),
          new Window(SimulatedFault.DR_REGION, 1600, 1640),
          new Window(SimulatedFault.DR_REGION, 1650, 1800)),
      Ends.TAKEN_HOME) {
    @Override
    void prepare(Simulation simulation) {
      takeHomeAt(simulation, 1580);
    }
  },
  /** Both controllers are ordered to bring the writer home. */
  BOTH_CONTROLLERS_TAKE_IT_HOME(
      Scenario.directed(
          Grade.MAJORITY,
          60,
          true,
          new Window(SimulatedFault.REGION, 150, 400),
          new Window(SimulatedFault.LAG, 2499, 2500)),
      Ends.TAKEN_HOME) {
    @Override
    void prepare(Simulation simulation) {
      orderAt(simulation, 1500, Order.Kind.FAILBACK);
      takeHomeAt(simulation, 1580);
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
  private final Ends ends;

  Directed(Scenario scenario) {
    this(scenario, Ends.AT_REST);
  }

  Directed(Scenario scenario, Ends ends) {
    this.scenario = scenario;
    this.ends = ends;
  }

  /** How it must end, besides what always holds. */
  private enum Ends {
    AT_REST,
    /** The DR Region serves, no later than a plain failover with so slow a promotion may. */
    FAILED_OVER,
    FAILED_OVER_WITHIN_400_S,
    /** The DR Region serves, whenever. */
    DR_SERVES,
    /** Nothing moved, and no customer noticed. */
    UNDISTURBED,
    HOME_AFTER_THE_FAULT,
    /** The primary Region serves, and did not while it might have been cut off. */
    HOME_AFTER_IT_STOPPED,
    /** Nothing moved, and a human knows. */
    ASKING,
    NOT_MOVED,
    HOME_WITHIN_40_S,
    HOME_WITHIN_100_S,
    /** The primary Region serves; the move and the way back cost customers less than 200 s. */
    HOME_AFTER_A_CANCELLED_MOVE,
    /** The DR Region serves, and customers missed it for less than 200 s. */
    DR_SERVES_AFTER_A_CANCELLED_MOVE,
    /** The DR Region serves, and customers noticed nothing but the way there. */
    DR_SERVES_AFTER_A_PLANNED_MOVE,
    /** The primary Region serves, whenever. */
    HOME,
    /** By the primary Region's controller, once, and both are at rest. */
    TAKEN_HOME,
    /** The same; customers leave while the writer comes, a minute of it to decide. */
    TAKEN_HOME_WITHIN_225_S,
    /** The same; nobody sees the writer for most of it. */
    TAKEN_HOME_WITHIN_560_S,
    /** After an outage of the primary Region's own. */
    HOME_AT_LAST;

    void check(Simulation simulation) {
      Outcome outcome = simulation.outcome();
      switch (this) {
        case AT_REST -> {}
        case FAILED_OVER -> simulation.invariants().servedWithin(promised(outcome.scenario()));
        case FAILED_OVER_WITHIN_400_S -> simulation.invariants().servedWithin(400);
        case DR_SERVES -> simulation.invariants().in(Phase.FAILED_OVER);
        case NOT_MOVED -> simulation.invariants().neverPromoted();
        case ASKING -> {
          simulation.invariants().neverPromoted();
          simulation.invariants().in(Phase.AWAITING_APPROVAL);
        }
        case UNDISTURBED -> home(simulation, 0);
        case HOME_AFTER_THE_FAULT -> home(simulation, 300);
        case HOME_AFTER_IT_STOPPED -> {
          home(simulation, 750);
          simulation.invariants().outageOfAtLeast(650);
        }
        case HOME -> simulation.invariants().in(Phase.STEADY);
        case TAKEN_HOME -> takenHome(simulation);
        case TAKEN_HOME_WITHIN_225_S -> {
          takenHome(simulation);
          simulation.invariants().outageWithin(225);
        }
        case TAKEN_HOME_WITHIN_560_S -> {
          takenHome(simulation);
          simulation.invariants().outageWithin(560);
        }
        case HOME_WITHIN_40_S -> home(simulation, 40);
        case HOME_WITHIN_100_S -> home(simulation, 100);
        case HOME_AT_LAST -> home(simulation, 200);
        case HOME_AFTER_A_CANCELLED_MOVE -> {
          simulation.invariants().in(Phase.STEADY);
          simulation.invariants().outageWithin(200);
        }
        case DR_SERVES_AFTER_A_CANCELLED_MOVE -> {
          simulation.invariants().in(Phase.FAILED_OVER);
          simulation.invariants().outageWithin(200);
        }
        case DR_SERVES_AFTER_A_PLANNED_MOVE -> {
          simulation.invariants().in(Phase.FAILED_OVER);
          simulation.invariants().outageWithin(115);
        }
      }
    }

    private static void takenHome(Simulation simulation) {
      simulation.invariants().in(Phase.STEADY);
      simulation.home().invariants().promotedOnce();
      simulation.invariants().neverLedToAReturnedRegion();
    }

    private static void home(Simulation simulation, int seconds) {
      simulation.invariants().neverPromoted();
      simulation.invariants().in(Phase.STEADY);
      simulation.invariants().outageWithin(seconds);
    }

    /** The budget's formula counts a promotion of two minutes. */
    private static int promised(Scenario scenario) {
      return scenario.promisedSeconds() + Math.max(0, scenario.timing().promotion() - 120);
    }
  }

  /** Plans what nature does not do. */
  void prepare(Simulation simulation) {}

  Outcome run(Mutant mutant) {
    return run(mutant, scenario.seed());
  }

  Outcome run(Mutant mutant, long seed) {
    Simulation simulation = new Simulation(scenario.seeded(seed), mutant, true);
    prepare(simulation);
    simulation.run().atRest();
    ends.check(simulation);
    return simulation.outcome();
  }

  /**
   * @param act that was decided on in the promotion
   * @param call of those from its row on, after which it freezes
   */
  private static void freezeAndPause(Simulation simulation, String act, int call) {
    int[] calls = {0};
    simulation.interruptions().freezeWhen(() -> decided(simulation, act) && ++calls[0] == call, 30);
    simulation.eachSecond(
        now -> {
          int pausedAt = now.humans().pausedAt();
          boolean pauses = pausedAt < 0 && calls[0] == call && decided(now, act);
          if (pauses || pausedAt >= 0 && now.world().now() - pausedAt == 60) {
            now.humans().pause(pauses);
            calls[0]++;
          }
        });
  }

  private static boolean decided(Simulation simulation, String act) {
    return simulation.invariants().phase() == Phase.PROMOTING
        && simulation.invariants().newestAct().equals(act);
  }

  private static void orderAt(Simulation simulation, int second, Order.Kind kind) {
    simulation.eachSecond(
        now -> {
          if (now.world().now() == second) {
            now.humans().order(kind);
          }
        });
  }

  /**
   * @param after seconds after the phase was first entered
   */
  private static void beginIn(
      Simulation simulation, Phase phase, int after, SimulatedFault fault, int seconds) {
    int[] entered = {-1};
    simulation.eachSecond(
        now -> {
          World world = now.world();
          if (entered[0] < 0 && now.invariants().phase() == phase) {
            entered[0] = world.now();
          }
          if (entered[0] >= 0 && world.now() == entered[0] + after) {
            world.weather.begin(fault, world.now(), seconds);
          }
        });
  }

  /**
   * @param after seconds after the phase was first entered
   */
  private static void pauseIn(Simulation simulation, Phase phase, int after, int seconds) {
    int[] entered = {-1};
    simulation.eachSecond(
        now -> {
          if (entered[0] < 0 && now.invariants().phase() == phase) {
            entered[0] = now.world().now();
          }
          int since = now.world().now() - entered[0] - after;
          if (entered[0] >= 0 && (since == 0 || since == seconds)) {
            now.humans().pause(since == 0);
          }
        });
  }

  private static void takeHomeAt(Simulation simulation, int second) {
    simulation.eachSecond(
        now -> {
          if (now.world().now() == second) {
            now.home().order();
          }
        });
  }

  private static void promoteHomeAt(Simulation simulation, int second) {
    simulation.eachSecond(
        now -> {
          if (now.world().now() == second) {
            now.humans().promoteByHand(Site.PRIMARY);
          }
        });
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
