package payments.dr.lambda.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.Orders;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.Probes;
import payments.dr.ledger.LedgerException;

/** The simulated world as the controller of a Region sees and changes it. */
final class SimulatedPorts implements InstantSource, Probes, Actuators, Orders, Notifier {

  /** Any moment will do; far enough from 1970 that nothing is before it. */
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final World world;
  private final Site standsIn;
  private final Humans humans;
  private final Interruptions interruptions;
  private final Invariants invariants;
  private final boolean guarded;

  SimulatedPorts(
      World world,
      Site standsIn,
      Humans humans,
      Interruptions interruptions,
      Invariants invariants,
      boolean guarded) {
    this.world = world;
    this.standsIn = standsIn;
    this.humans = humans;
    this.interruptions = interruptions;
    this.invariants = invariants;
    this.guarded = guarded;
  }

  @Override
  public Instant instant() {
    return START.plusSeconds(world.now());
  }

  @Override
  public ControlState read() {
    return interruptions.around(humans::control);
  }

  @Override
  public Observation look(String generation, LeaseReading lease) {
    Observation seen = interruptions.around(() -> lookNow(generation, lease));
    interruptions.takeTime();
    invariants.saw(seen);
    return seen;
  }

  private Observation lookNow(String generation, LeaseReading lease) {
    return new Observation(
        external(),
        peer(),
        hidden()
            ? Health.UNKNOWN
            : world.weather.on(SimulatedFault.DR_UNREADY) ? Health.DOWN : Health.UP,
        generation,
        database(),
        traffic(),
        lease);
  }

  private Health external() {
    if (hidden() || world.weather.on(SimulatedFault.BLIND)) {
      return Health.UNKNOWN;
    }
    return world.externalDown() || world.weather.on(SimulatedFault.CHECKERS)
        ? Health.DOWN
        : Health.UP;
  }

  private Health peer() {
    if (hidden()) {
      return Health.UNKNOWN;
    }
    if (world.weather.on(SimulatedFault.NO_ADDRESS)) {
      return Health.UNKNOWN;
    }
    boolean lost = world.weather.on(SimulatedFault.GRAY) && world.random.nextInt(3) == 0;
    // Of two requests at once, one that is served is enough.
    lost |= world.weather.on(SimulatedFault.BROWN) && world.random.nextInt(25) < 16;
    boolean reached = standsIn == Site.PRIMARY || world.weather.linked();
    boolean answered = reached && world.primaryHealthy() && !lost;
    return answered ? Health.UP : Health.DOWN;
  }

  private Observation.Database database() {
    boolean hidden = hidden() || rdsIsSilent();
    SimulatedDatabase database = world.database;
    int proved = database.provedUntil(world.now());
    return new Observation.Database(
        hidden ? Site.UNKNOWN : database.writer(),
        hidden ? Activity.UNKNOWN : database.busy() ? Activity.BUSY : Activity.IDLE,
        hidden() ? null : START.plusSeconds(database.visibleHeartbeat()),
        hidden() || proved < 0 ? null : START.plusSeconds(proved),
        hidden ? Site.UNKNOWN : database.movingTo(world.now()),
        !hidden && database.otherIsReplica(),
        hidden || !database.otherIsReplica() ? null : Duration.ofSeconds(1),
        EngineVersions.UNSEEN);
  }

  private Observation.Traffic traffic() {
    SimulatedRoute route = world.route;
    return new Observation.Traffic(
        inPrimary(route.primaryCopy()),
        inDr(route.drCopy()),
        inPrimary(route.primaryHold()),
        inDr(route.drHold()),
        hidden() ? Site.UNKNOWN : route.answers(),
        !hidden() && world.accepts(Site.DR));
  }

  private Presence inPrimary(boolean there) {
    return hidden() || !world.route.reaches(standsIn, Site.PRIMARY)
        ? Presence.UNKNOWN
        : presence(there);
  }

  private Presence inDr(boolean there) {
    return hidden() || !world.route.reaches(standsIn, Site.DR) ? Presence.UNKNOWN : presence(there);
  }

  private static Presence presence(boolean there) {
    return there ? Presence.PRESENT : Presence.ABSENT;
  }

  private boolean rdsIsSilent() {
    return world.weather.on(
        standsIn == Site.DR ? SimulatedFault.RDS_SILENT : SimulatedFault.CONTROL_PLANE);
  }

  private boolean hidden() {
    return interruptions.fails();
  }

  @Override
  public void raiseCapacity() {}

  @Override
  public void promoteDr(Incident incident, Guard guard) {
    promote("PromoteDr", Site.DR, incident.promotion(), guard, () -> invariants.promoted(incident));
  }

  @Override
  public void promotePrimary(Incident incident, Guard guard) {
    promote("PromotePrimary", Site.PRIMARY, Promotion.SWITCHOVER, guard, () -> {});
  }

  /** Two calls: where to promote must be looked up first. */
  private void promote(String label, Site to, Promotion how, Guard guard, Runnable accepted) {
    interruptions.around(() -> {});
    if (guarded) {
      guard.check();
    }
    act(
        label,
        () -> {
          interruptions.takeTime();
          interruptions.takeTime();
          if (rdsIsSilent()) {
            throw new PortException("RDS does not answer");
          }
          world.database.promote(to, how, world.now());
          accepted.run();
        });
  }

  @Override
  public void forcePrimary(Incident incident, Guard guard) {
    promote(
        "ForcePrimary",
        Site.PRIMARY,
        Promotion.FAILOVER,
        guard,
        () -> invariants.promoted(incident));
  }

  @Override
  public void latch() {
    act(
        "Latch",
        () -> {
          invariants.latching();
          world.route.latch(standsIn);
          demandReached();
        },
        "Latch",
        "Follow");
  }

  @Override
  public void unlatch() {
    act(
        "Unlatch",
        () -> {
          invariants.unlatching();
          world.route.unlatch(standsIn);
          demandReached();
        },
        "Unlatch",
        "Unroute");
  }

  @Override
  public void loosen() {
    act(
        "Loosen",
        () -> {
          invariants.loosening();
          world.route.loosen(standsIn);
        });
  }

  private void demandReached() {
    if (!world.route.reaches(standsIn, Site.DR)) {
      throw new PortException("latch in DR could not be changed");
    }
  }

  private void act(String label, Runnable call) {
    act(label, call, label);
  }

  private void act(String label, Runnable call, String... acts) {
    interruptions.around(
        () -> {
          invariants.acting(label, acts);
          call.run();
        });
  }

  @Override
  public void tell(State from, Decision decision, Observation seen) {
    interruptions.around(() -> {});
  }

  @Override
  public void trouble(RuntimeException failure) {
    // Only what the outside may do to a controller; anything else is a fault of its own.
    if (!(failure instanceof PortException) && !(failure instanceof LedgerException)) {
      throw failure;
    }
  }
}
