package payments.dr.operations.controller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.orders.LedgerOrders;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Clock;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.WriterLease;
import payments.dr.lambda.rules.FailoverDecider;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.Mutex;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.StsAnswer;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;

/**
 * The real controllers, core and loop, on ledgers in memory, in two Regions that a test makes sick.
 * While somebody waits for an order, the controllers tick.
 */
public class SimulatedRegions implements Clock {

  private static final WriterLease NO_LEASE =
      new NoLease(new BestEffortLease(new InMemoryLedger()));

  public static final String ALICE = "arn:aws:iam::123456789012:user/alice";

  public final Ledger ledger;
  public final Ledger primaryLedger = new InMemoryLedger();
  public final List<String> done = new ArrayList<>();
  public Health external = Health.UP;
  public Health ready = Health.UP;
  public EngineVersions versions = new EngineVersions("17.7", "17.7");

  /** Whether the Region that does not write follows, and how far behind; null: nobody sees that. */
  public boolean otherFollows = true;

  public Duration replicaLag = Duration.ofMillis(300);
  public boolean controllerLives = true;
  public boolean databaseMoves = true;
  public boolean drIsDark;

  /** What the DR Region's ledger is then met with. */
  public Obstacle obstacle = Obstacle.NO_ANSWER;

  public List<StsAnswer> stsAnswers =
      List.of(
          new StsAnswer("us-east-1", Optional.empty(), "as " + ALICE),
          new StsAnswer("us-east-2", Optional.of(Obstacle.NO_ANSWER), "no answer to anybody"));

  private final Set<LedgerKey> hidden = new HashSet<>();
  private Instant now = Instant.parse("2026-11-25T03:00:00Z");
  private Instant nextTick = now;
  private Site writer = Site.PRIMARY;
  private Presence latch = Presence.ABSENT;
  private Presence hold = Presence.ABSENT;

  public SimulatedRegions() {
    ledger = new Torn(new InMemoryLedger());
    ledger.write(List.of(DataRecord.first("v2", "us-east-1", now)));
  }

  /** Lets time pass, and the controller tick in it. */
  public SimulatedRegions pass(Duration time) {
    sleepUntil(now.plus(time));
    return this;
  }

  public Phase phase() {
    return StateStore.read(ledger).orElseThrow().state().phase();
  }

  /** Somebody takes a row of the audit trail away. */
  public void hide(String id, long version) {
    hidden.add(new LedgerKey("AUDIT#" + id, "%010d".formatted(version)));
  }

  /** The client that a command has of a controller. */
  public final ControllerClient client(String name, Optional<String> region) {
    Environment environment = new Project(ProjectCopy.PROJECT).environment(name);
    return new ControllerClient(
        environment, ControllerClient.role(environment, region), this::ledger, () -> ALICE, this);
  }

  /** Gives the DR Region's controller an order, which it has to take. */
  public final void order(Order.Kind kind, String reason) {
    staging().order(kind, reason);
  }

  /** Pauses the DR Region's controller. */
  public final void pause(String reason) {
    ControllerClient client = staging();
    client.ledger().write(client.view().control().pause(client.request(reason)));
  }

  private ControllerClient staging() {
    return client("staging", Optional.empty());
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void sleepUntil(Instant wake) {
    while (!nextTick.isAfter(wake)) {
      now = nextTick;
      nextTick = nextTick.plusSeconds(5);
      if (controllerLives && !drIsDark) {
        tick(ledger, Site.DR);
      }
      if (DataRecord.read(primaryLedger).isPresent()) {
        tick(primaryLedger, Site.PRIMARY);
      }
    }
    now = wake;
  }

  private Ledger ledger(RegionRole role) {
    if (role == RegionRole.PRIMARY) {
      return primaryLedger;
    }
    if (drIsDark) {
      throw new LedgerUnavailableException(
          "dr-ledger-staging must answer, got " + obstacle,
          new AwsCallException(
              obstacle, Optional.of("us-east-2"), obstacle.name(), null, () -> stsAnswers));
    }
    return ledger;
  }

  private void tick(Ledger own, Site standsIn) {
    new Tick(
            new FailoverDecider(Policy.recommended("staging", Mode.AUTO), standsIn),
            new StateStore(
                own,
                new Mutex(own, this, Mutex.TTL),
                new Holder("failover-lambda-staging", "failover"),
                new StateStore.RegionNames("us-east-1", "us-east-2")),
            (generation, lease) -> look(generation),
            new LedgerOrders(own),
            NO_LEASE,
            new WorldHands(),
            new Silent(),
            this,
            Tick.FRESHNESS)
        .run();
  }

  private Observation look(String generation) {
    boolean home = writer == Site.PRIMARY;
    return new Observation(
        external,
        external,
        ready,
        generation,
        new Observation.Database(
            writer,
            Activity.IDLE,
            home && external == Health.UP ? now.minusSeconds(2) : null,
            otherFollows,
            replicaLag,
            versions),
        new Observation.Traffic(
            latch, latch, hold, hold, latch == Presence.PRESENT ? Site.DR : Site.PRIMARY, !home),
        NO_LEASE.read());
  }

  private final class WorldHands implements Actuators {

    @Override
    public void raiseCapacity() {
      done.add("raise capacity");
    }

    @Override
    public void promoteDr(Incident incident, Guard guard) {
      done.add("promote DR");
      writer = databaseMoves ? Site.DR : Site.UNKNOWN;
    }

    @Override
    public void promotePrimary(Incident incident, Guard guard) {
      done.add("promote primary");
      writer = Site.PRIMARY;
    }

    @Override
    public void forcePrimary(Incident incident, Guard guard) {
      done.add("force primary");
      writer = Site.PRIMARY;
    }

    @Override
    public void latch() {
      done.add("latch");
      latch = Presence.PRESENT;
      hold = Presence.PRESENT;
    }

    @Override
    public void unlatch() {
      done.add("unlatch");
      latch = Presence.ABSENT;
      hold = Presence.ABSENT;
    }

    @Override
    public void loosen() {
      done.add("loosen");
      hold = Presence.ABSENT;
    }
  }

  private static final class Silent implements Notifier {

    @Override
    public void tell(State from, Decision decision, Observation seen) {}

    @Override
    public void trouble(RuntimeException failure) {
      throw failure;
    }
  }

  private final class Torn implements Ledger {

    private final Ledger whole;

    Torn(Ledger whole) {
      this.whole = whole;
    }

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return whole.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return whole.readAll(entity).stream().filter(it -> !hidden.contains(it.key())).toList();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      whole.write(changes);
    }
  }
}
