package payments.dr.lambda.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.MajorityLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.loop.Invocation;
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
 * The production controller in a simulated world: one thread, one seed, no other source of chance,
 * so that every run of a scenario is the same.
 */
final class Simulation {

  private static final int LAMBDA_TIMEOUT = 140;
  private static final int CONCURRENCY = 4;
  private static final int MINUTE = 60;
  private static final int LAMBDA_START = 3;

  /** A frozen invocation sees others tick, and those may freeze too; deeper adds nothing. */
  private static final int DEEPEST_FREEZE = 3;

  /** Every so many seeds, each decision is asked for twice. */
  private static final int REPEATED = 16;

  /** An invocation under way; whoever is in the middle of a tick cannot be asked for another. */
  private static final class Running {
    private final Invocation invocation;
    private final int start;
    private int next;
    private boolean ticking;
    private boolean over;

    Running(Invocation invocation, int start) {
      this.invocation = invocation;
      this.start = start;
      this.next = start;
    }
  }

  private final Scenario scenario;
  private final World world;
  private final Story story;
  private final Humans humans;
  private final Interruptions interruptions;
  private final Invariants invariants;
  private final SimulatedPorts ports;
  private final Tick tick;
  private final Ledger table;
  private final SimulatedExport export;
  private SimulatedCutover cutover;
  private final List<Running> running = new ArrayList<>();
  private Running current;
  private int nextStart;
  private int depth;
  private long ticks;
  private Consumer<Simulation> eachSecond = simulation -> {};

  Simulation(Scenario scenario, Mutant mutant, boolean told) {
    this.scenario = scenario;
    world = new World(scenario);
    story = new Story(told);
    humans = new Humans(world, story);
    interruptions = new Interruptions(world, this::freeze);
    invariants = new Invariants(world, humans, story);
    ports = new SimulatedPorts(world, humans, interruptions, invariants, mutant.guarded());
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
    StateStore.RegionNames regions = new StateStore.RegionNames("us-east-1", "us-east-2");
    WriterLease lease = new WatchedLease(lease(), invariants);
    tick =
        new Tick(
            mutant.around(
                repeatable(new FailoverDecider(mutant.policy(scenario.policy()), Site.DR))),
            new StateStore(ledger, mutex, holder, regions),
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
    nextStart = world.random.nextInt(MINUTE);
  }

  /** Runs a scenario to its end and asks for what its kind promises. */
  static Outcome outcome(Scenario scenario, Mutant mutant, boolean told) {
    Simulation simulation = new Simulation(scenario, mutant, told).run();
    simulation.invariants.archived(simulation.export.finish());
    switch (scenario.kind()) {
      case HARD -> simulation.invariants.servedWithin(scenario.promisedSeconds());
      case HARMLESS -> simulation.invariants.neverPromoted();
      case CHAOS, DIRECTED -> simulation.invariants.atRest();
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

  Outcome outcome() {
    return new Outcome(
        scenario,
        invariants.violations(),
        invariants.phase(),
        invariants.promotions(),
        invariants.splitSeconds(),
        invariants.splitSecondsByHand(),
        invariants.loss(),
        world.longestOutage(),
        invariants.routesLost(),
        ticks,
        interruptions.crashes(),
        interruptions.freezes(),
        invariants.reached().found(),
        story.toString());
  }

  /** Freezes the invocation that is in the middle of a call. */
  void freeze(int seconds) {
    if (depth >= DEEPEST_FREEZE) {
      return;
    }
    Running frozen = current;
    depth++;
    for (int i = 0; i < seconds; i++) {
      second();
    }
    depth--;
    current = frozen;
    if (frozen != null && world.now() - frozen.start > LAMBDA_TIMEOUT) {
      throw new Crash();
    }
  }

  private void second() {
    world.step(invariants);
    humans.step(invariants.phase());
    if (cutover != null) {
      cutover.step(invariants.phase());
    }
    eachSecond.accept(this);
    wake();
    for (int i = 0; i < running.size(); i++) {
      Running one = running.get(i);
      if (!one.ticking && !one.over && world.now() >= one.next) {
        tick(one);
      }
    }
    export.step();
    if (depth == 0) {
      running.removeIf(one -> one.over);
    }
  }

  /** The scheduler fires anywhere inside its minute; alarms and retries at any time. */
  private void wake() {
    if (world.now() >= nextStart) {
      int minute = nextStart / MINUTE + 1;
      nextStart = minute * MINUTE + world.random.nextInt(MINUTE);
      start();
    }
    if (scenario.interruptions() > 0 && world.random.nextInt(120) == 0) {
      start();
    }
  }

  private void start() {
    long alive = running.stream().filter(one -> !one.over).count();
    if (world.weather.drUp() && alive < CONCURRENCY) {
      Invocation invocation = new Invocation(tick, ports, ports, scenario.pace());
      running.add(new Running(invocation, world.now() + LAMBDA_START));
    }
  }

  private void tick(Running one) {
    Running before = current;
    current = one;
    one.ticking = true;
    ticks++;
    try {
      Optional<Instant> next = one.invocation.step();
      one.over = next.isEmpty();
      next.ifPresent(at -> one.next = (int) Duration.between(SimulatedPorts.START, at).toSeconds());
    } catch (Crash e) {
      one.over = true;
    } finally {
      one.ticking = false;
      current = before;
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
