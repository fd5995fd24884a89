package payments.dr.lambda.simulation;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ObjIntConsumer;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.MajorityLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.WriterLease;
import payments.dr.lambda.rules.FailoverDecider;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.Mutex;

/**
 * The primary Region's function, and the person who orders it to promote the primary Region when
 * the DR Region is lost while it serves. Its random numbers are its own, so that it changes no
 * schedule before that order.
 */
final class SimulatedHome {

  static final StateStore.RegionNames NAMES = new StateStore.RegionNames("us-east-1", "us-east-2");

  /** A human looks, asks around, and types. */
  private static final int SOONEST = 60;

  private static final int LATEST = 300;

  private final World world;
  private final Humans humans;
  private final Invariants invariants;
  private final Interruptions interruptions;
  private final Ledger table;
  private final Ledger drTable;
  private final SimulatedFunction function;
  private final int patience;
  private int darkFor;

  /**
   * @param drTable the DR Region's ledger, as nobody reaches it who must not
   * @param freeze lets so many seconds pass for everybody but the function
   */
  SimulatedHome(
      World world,
      Story story,
      Deeds deeds,
      Ledger drTable,
      Mutant mutant,
      ObjIntConsumer<SimulatedFunction> freeze) {
    this.world = world;
    this.drTable = drTable;
    SplittableRandom random = new SplittableRandom(world.scenario.seed() * 17 + 3);
    humans = new Humans(world, story);
    invariants = new Invariants(world, humans, story, deeds);
    interruptions =
        new Interruptions(
            world,
            random,
            world.weather::primaryUp,
            seconds -> freeze.accept(this.function(), seconds));
    SimulatedPorts ports =
        new SimulatedPorts(
            world, Site.PRIMARY, humans, interruptions, invariants, mutant.guarded());
    table = new ListenedLedger(world.primaryLedger, invariants::written);
    Ledger ledger = new InterruptedLedger(table, interruptions, world.weather::primaryUp);
    Tick tick =
        new Tick(
            new FailoverDecider(world.scenario.policy().observing(), Site.PRIMARY),
            new StateStore(
                ledger,
                new Mutex(ledger, ports, Mutex.TTL),
                new Holder("failover-lambda-simulated in us-east-1", "failover"),
                NAMES),
            ports,
            ports,
            new WatchedLease(lease(ledger), invariants),
            ports,
            ports,
            ports,
            mutant.freshness());
    Runnable unlessIdle =
        () -> {
          if (DataRecord.read(ledger).isPresent()) {
            invariants.ticking(tick);
          }
        };
    function = new SimulatedFunction(world, random, world.weather::primaryUp, unlessIdle, ports);
    patience = SOONEST + random.nextInt(LATEST - SOONEST);
  }

  Humans humans() {
    return humans;
  }

  Invariants invariants() {
    return invariants;
  }

  /** A second passes. */
  void step() {
    boolean lost = !world.weather.drUp() && world.database.writer() == Site.DR;
    darkFor = lost && world.weather.primaryUp() ? darkFor + 1 : 0;
    if (world.scenario.meddling() && darkFor == patience) {
      order();
    }
    function.step();
  }

  void forgetEnded() {
    function.forgetEnded();
  }

  /** As {@code ./dr force --region} does: states where the data is, and orders. */
  void order() {
    String generation = DataRecord.read(drTable).orElseThrow().generation();
    table.write(
        List.of(
            DataRecord.stated(
                DataRecord.read(table),
                generation,
                NAMES.dr(),
                SimulatedPorts.START.plusSeconds(world.now()))));
    humans.order(Order.Kind.FORCE);
  }

  private SimulatedFunction function() {
    return function;
  }

  private WriterLease lease(Ledger own) {
    BestEffortLease bestEffort = new BestEffortLease(own);
    return switch (world.scenario.grade()) {
      case NONE -> new NoLease(bestEffort);
      case BEST_EFFORT -> bestEffort;
      case MAJORITY ->
          new MajorityLease(
              world.leases.registers(
                  Site.PRIMARY,
                  register -> new InterruptedLedger(register, interruptions, () -> true)),
              new MajorityLease.Regions(NAMES.primary(), NAMES.dr(), NAMES.primary()),
              bestEffort,
              () -> Duration.ZERO);
    };
  }
}
