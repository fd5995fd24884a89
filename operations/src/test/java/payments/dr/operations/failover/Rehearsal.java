package payments.dr.operations.failover;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.orders.LedgerOrders;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Clock;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.port.Notifier;
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
import payments.dr.main.testing.ProjectCopy;
import payments.dr.operations.Dr;
import payments.dr.operations.Project;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.Testimony;
import picocli.CommandLine;

/**
 * The real controller, core and loop, on a ledger in memory and in a world of few words; and the
 * commands of a person beside it. While a command waits, the controller ticks.
 */
public final class Rehearsal implements Clock {

  static final String ALICE = "arn:aws:iam::123456789012:user/alice";

  public final Ledger ledger;
  final Ledger primaryLedger = new InMemoryLedger();
  final List<String> done = new ArrayList<>();
  String out = "";
  String err = "";
  public Health external = Health.UP;
  Health ready = Health.UP;
  boolean controllerLives = true;
  boolean databaseMoves = true;
  boolean drIsDark;

  /** What the DR Region's ledger is then met with. */
  Obstacle obstacle = Obstacle.NO_ANSWER;

  List<Testimony> testimonies =
      List.of(
          new Testimony("us-east-1", Optional.empty(), "as " + ALICE),
          new Testimony("us-east-2", Optional.of(Obstacle.NO_ANSWER), "no answer to anybody"));

  private final Set<LedgerKey> hidden = new HashSet<>();
  private Instant now = Instant.parse("2026-11-25T03:00:00Z");
  private Instant nextTick = now;
  private Site writer = Site.PRIMARY;
  private Presence latch = Presence.ABSENT;

  public Rehearsal() {
    ledger = new Torn(new InMemoryLedger());
    ledger.write(List.of(DataRecord.first("v2", "us-east-1", now)));
  }

  /** Lets time pass, and the controller tick in it. */
  public Rehearsal pass(Duration time) {
    sleepUntil(now.plus(time));
    return this;
  }

  Phase phase() {
    return StateStore.read(ledger).orElseThrow().state().phase();
  }

  /** Somebody takes a row of the audit trail away. */
  void hide(String id, long version) {
    hidden.add(new LedgerKey("AUDIT#" + id, "%010d".formatted(version)));
  }

  public int run(String typed, String... arguments) {
    return run(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  int run(InputStream typed, String... arguments) {
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    InputStream before = System.in;
    System.setIn(typed);
    try {
      CommandLine command = Dr.commandLine(factory());
      command.setOut(new PrintWriter(told, true));
      command.setErr(new PrintWriter(wrong, true));
      return command.execute(arguments);
    } finally {
      System.setIn(before);
      out = told.toString();
      err = wrong.toString();
    }
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

  private CommandLine.IFactory factory() {
    return factory(
        (name, region) -> {
          Environment environment = new Project(ProjectCopy.PROJECT).environment(name);
          return new Desk(
              environment, Desk.role(environment, region), this::ledger, () -> ALICE, this);
        });
  }

  /** Makes the commands that need a desk, and all others as ever. */
  static CommandLine.IFactory factory(Desk.Desks desks) {
    return new CommandLine.IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        try {
          return type.getDeclaredConstructor(Desk.Desks.class).newInstance(desks);
        } catch (NoSuchMethodException e) {
          return CommandLine.defaultFactory().create(type);
        }
      }
    };
  }

  private Ledger ledger(RegionRole role) {
    if (role == RegionRole.PRIMARY) {
      return primaryLedger;
    }
    if (drIsDark) {
      throw new LedgerUnavailableException(
          "dr-ledger-staging must answer, got " + obstacle,
          new AwsCallException(
              obstacle, Optional.of("us-east-2"), obstacle.name(), null, () -> testimonies));
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
            new NoLease(),
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
            true,
            Duration.ofMillis(300)),
        new Observation.Traffic(
            latch, latch, latch == Presence.PRESENT ? Site.DR : Site.PRIMARY, !home),
        new NoLease().read());
  }

  private final class WorldHands implements Actuators {

    @Override
    public void raiseCapacity() {
      done.add("raise capacity");
    }

    @Override
    public void promoteDr(Incident incident) {
      done.add("promote DR");
      writer = databaseMoves ? Site.DR : Site.UNKNOWN;
    }

    @Override
    public void promotePrimary(Incident incident) {
      done.add("promote primary");
      writer = Site.PRIMARY;
    }

    @Override
    public void forcePrimary(Incident incident) {
      done.add("force primary");
      writer = Site.PRIMARY;
    }

    @Override
    public void latch() {
      done.add("latch");
      latch = Presence.PRESENT;
    }

    @Override
    public void unlatch() {
      done.add("unlatch");
      latch = Presence.ABSENT;
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
