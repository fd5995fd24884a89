package payments.dr.lambda.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.MajorityLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.WriterLease;
import payments.dr.lambda.rules.Decider;
import payments.dr.lambda.rules.FailoverDecider;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.Mutex;

/**
 * The production controllers of both Regions in a simulated world: one thread, one seed, no other
 * source of chance, so that every run of a scenario is the same.
 */
final class Simulation {

  /** A frozen invocation sees others tick, and those may freeze too; deeper adds nothing. */
  private static final int DEEPEST_FREEZE = 3;

  /** Every so many seeds, each decision is asked for twice. */
  private static final int REPEATED = 16;

  private final Scenario scenario;
  private final World world;
  private final Story story;
  private final Humans humans;
  private final Interruptions interruptions;
  private final Invariants invariants;
  private final SimulatedFunction function;
  private final SimulatedHome home;
  private final Ledger table;
  private final SimulatedExport export;
  private SimulatedCutover cutover;
  private int depth;
  private Consumer<Simulation> eachSecond = simulation -> {};

  Simulation(Scenario scenario, Mutant mutant, boolean told) {
    this.scenario = scenario;
    world = new World(scenario);
    story = new Story(told);
    humans = new Humans(world, story);
    interruptions =
        new Interruptions(
            world, world.random, world.weather::drUp, seconds -> freeze(this.function(), seconds));
    Deeds deeds = new Deeds();
    invariants = new Invariants(world, humans, story, deeds);
    SimulatedPorts ports =
        new SimulatedPorts(world, Site.DR, humans, interruptions, invariants, mutant.guarded());
    SimulatedLedger rows = new SimulatedLedger();
    rows.write(List.of(DataRecord.first("v1", "us-east-1", ports.instant())));
    table = new ListenedLedger(rows, invariants::written);
    export = new SimulatedExport(rows, world);
    Ledger ledger =
        new InterruptedLedger(
            new ListenedLedger(mutant.ledger(rows), invariants::written),
            interruptions,
            world.weather::drUp);
    Mutex mutex = new Mutex(ledger, ports, Mutex.TTL);
    Holder holder = new Holder("failover-lambda-simulated in us-east-2", "failover");
    WriterLease lease = new WatchedLease(lease(), invariants);
    Tick tick =
        new Tick(
            mutant.around(
                repeatable(new FailoverDecider(mutant.policy(scenario.policy()), Site.DR))),
            new StateStore(ledger, mutex, holder, SimulatedHome.NAMES),
            ports,
            ports,
            lease,
            ports,
            ports,
            ports,
            mutant.freshness());
    if (scenario.meddling() && world.random.nextInt(3) == 0) {
      cutOver(100 + world.random.nextInt(1500), 1 + world.random.nextInt(20));
    }
    function =
        new SimulatedFunction(
            world, world.random, world.weather::drUp, () -> invariants.ticking(tick), ports);
    home = new SimulatedHome(world, story, deeds, rows, mutant, this::freeze);
  }

  /** Runs a scenario to its end and asks for what its kind promises. */
  static Outcome outcome(Scenario scenario, Mutant mutant, boolean told) {
    Simulation simulation = new Simulation(scenario, mutant, told).run();
    simulation.invariants.archived(simulation.export.finish());
    switch (scenario.kind()) {
      case HARD -> simulation.invariants.servedWithin(scenario.promisedSeconds());
      case HARMLESS -> simulation.invariants.neverPromoted();
      case CHAOS, DR_LOST, DIRECTED -> simulation.atRest();
    }
    return simulation.outcome();
  }

  World world() {
    return world;
  }

  Humans humans() {
    return humans;
  }

  Invariants invariants() {
    return invariants;
  }

  Interruptions interruptions() {
    return interruptions;
  }

  /** The primary Region's function, and the person who gives orders to it. */
  SimulatedHome home() {
    return home;
  }

  SimulatedExport export() {
    return export;
  }

  /** Lets a directed schedule interfere, after what interferes already. */
  Simulation eachSecond(Consumer<Simulation> interference) {
    eachSecond = eachSecond.andThen(interference);
    return this;
  }

  /** Lets somebody move the data to v2 from {@code begin} on. */
  void cutOver(int begin, int pointOfNoReturn) {
    cutover = new SimulatedCutover(world, table, begin, pointOfNoReturn);
  }

  Simulation run() {
    while (world.now() < scenario.end()) {
      second();
    }
    return this;
  }

  /** To be asked when the world has been quiet for long enough. */
  void atRest() {
    invariants.atRest();
    home.invariants().atRestAtHome();
  }

  Outcome outcome() {
    Map<String, String> violations = new TreeMap<>(home.invariants().violations());
    violations.putAll(invariants.violations());
    return new Outcome(
        scenario,
        violations,
        invariants.phase(),
        invariants.promotions(),
        home.invariants().promotions(),
        invariants.splitSeconds(),
        invariants.splitSecondsByHand(),
        invariants.loss(),
        world.longestOutage(),
        invariants.routesLost(),
        invariants.routesReturned(),
        function.ticks(),
        interruptions.crashes(),
        interruptions.freezes(),
        invariants.reached().found(),
        story.toString());
  }

  private SimulatedFunction function() {
    return function;
  }

  /** Freezes the invocation of a function that is in the middle of a call. */
  private void freeze(SimulatedFunction frozen, int seconds) {
    if (depth >= DEEPEST_FREEZE) {
      return;
    }
    SimulatedFunction.Running invocation = frozen.current();
    depth++;
    for (int i = 0; i < seconds; i++) {
      second();
    }
    depth--;
    frozen.thaw(invocation);
  }

  private void second() {
    world.step(invariants);
    humans.step(invariants.phase());
    if (cutover != null) {
      cutover.step(invariants.phase());
    }
    eachSecond.accept(this);
    function.step();
    home.step();
    export.step();
    if (depth == 0) {
      function.forgetEnded();
      home.forgetEnded();
    }
  }

  private WriterLease lease() {
    return switch (scenario.grade()) {
      case NONE -> new NoLease(bestEffort());
      case BEST_EFFORT -> bestEffort();
      case MAJORITY ->
          new MajorityLease(
              world.leases.registers(
                  Site.DR, register -> new InterruptedLedger(register, interruptions, () -> true)),
              SimulatedLeases.REGIONS,
              bestEffort(),
              () -> Duration.ZERO);
    };
  }

  private BestEffortLease bestEffort() {
    return new BestEffortLease(
        new InterruptedLedger(world.primaryLedger, interruptions, world.weather::linked));
  }

  /** Asks twice: what is not a function of its arguments alone cannot be replayed. */
  private Decider repeatable(Decider decider) {
    if (scenario.seed() % REPEATED > 0) {
      return decider;
    }
    return (state, seen, control, now) -> {
      Decision decision = decider.decide(state, seen, control, now);
      if (!decision.equals(decider.decide(state, seen, control, now))) {
        throw new IllegalStateException("decision must depend on its arguments only");
      }
      return decision;
    };
  }
}
