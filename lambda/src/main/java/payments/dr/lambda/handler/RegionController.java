package payments.dr.lambda.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import payments.dr.lambda.aws.AwsProbes;
import payments.dr.lambda.aws.Heartbeat;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.Metrics;
import payments.dr.lambda.loop.AuditExport;
import payments.dr.lambda.loop.DrController;
import payments.dr.lambda.loop.Invocation;
import payments.dr.lambda.loop.StateStore;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.orders.LedgerOrders;
import payments.dr.lambda.port.Clock;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.rules.FailoverDecider;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.Mutex;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * The controller of one Region: ticks, a heartbeat beside them at the same pace, and the export of
 * the audit trail at a slower one. Made once and run by many invocations; between them it keeps
 * nothing but clients and figures.
 */
final class RegionController {

  private final Runnable tick;
  private final Heartbeat heartbeat;
  private final AuditExport export;
  private final AwsProbes probes;
  private final Optional<DrController> drController;
  private final Notifier notifier;
  private final Metrics metrics;
  private final JsonLog log;
  private final Clock clock;
  private final ExecutorService threads;

  RegionController(Wiring wiring, Clock clock) {
    this.clock = clock;
    this.threads = wiring.threads();
    this.probes = wiring.probes();
    this.drController = wiring.drLedger().map(ledger -> new DrController(ledger, clock));
    this.notifier = wiring.notifier();
    this.metrics = wiring.metrics();
    this.log = wiring.log();
    this.heartbeat = wiring.heartbeat();
    this.export =
        new AuditExport(wiring.exportedLedger(), wiring.archive(), clock, AuditExport.LIMIT);
    this.tick = unlessIdle(tick(wiring), wiring);
  }

  /** Ticks until the next invocation has surely begun. */
  void run() {
    AtomicInteger ticks = new AtomicInteger();
    Runnable counted =
        () -> {
          tick.run();
          ticks.incrementAndGet();
        };
    AtomicInteger failedExports = new AtomicInteger();
    CompletableFuture<Void> beside =
        CompletableFuture.allOf(
            beside(heartbeat, Invocation.PACE),
            beside(() -> export(failedExports), AuditExport.PACE));
    invocation(counted, Invocation.PACE).run(clock);
    beside.join();
    List<MetricDatum> figures = figures(ticks.get());
    figures.add(metrics.count("FailedAuditExports", failedExports.get()));
    metrics.put(figures);
  }

  /** What must not hold up a tick. */
  private CompletableFuture<Void> beside(Runnable step, Duration pace) {
    return CompletableFuture.runAsync(() -> invocation(step, pace).run(clock), threads);
  }

  private Invocation invocation(Runnable step, Duration pace) {
    return new Invocation(step, clock, notifier, pace);
  }

  /** What could not be exported now is in the ledger, and is tried again. */
  private void export(AtomicInteger failed) {
    try {
      export.run();
    } catch (RuntimeException e) {
      failed.incrementAndGet();
      log.trouble("audit rows could not be exported", e);
    }
  }

  private List<MetricDatum> figures(int ticks) {
    List<MetricDatum> figures = new ArrayList<>();
    figures.add(metrics.count("Ticks", ticks));
    figures.add(metrics.count("Heartbeats", heartbeat.takeBeats()));
    figures.add(metrics.count("Follows", heartbeat.takeFollows()));
    // A clock that is ahead must not hide that nobody knows.
    probes
        .newestHeartbeat()
        .filter(at -> !Observation.Database.ahead(at, clock.instant()))
        .map(at -> metrics.seconds("HeartbeatAgeSeconds", Duration.between(at, clock.instant())))
        .ifPresent(figures::add);
    probes
        .takeLongestLag()
        .map(lag -> metrics.millis("ReplicationLagMillis", lag))
        .ifPresent(figures::add);
    probes
        .takeExternalDown()
        .map(down -> metrics.count("ExternalDown", down ? 1 : 0))
        .ifPresent(figures::add);
    drTickAge().map(age -> metrics.seconds("DrTickAgeSeconds", age)).ifPresent(figures::add);
    probes
        .engineVersions()
        .map(versions -> metrics.count("EngineVersionsDiffer", versions.differ() ? 1 : 0))
        .ifPresent(figures::add);
    return figures;
  }

  /** Its alarm takes silence for the worst. */
  private Optional<Duration> drTickAge() {
    try {
      return drController.flatMap(DrController::tickAge);
    } catch (RuntimeException e) {
      log.trouble("controller of the DR Region could not be seen", e);
      return Optional.empty();
    }
  }

  /** In the primary Region nothing is decided before a human states where the data is. */
  private static Runnable unlessIdle(Tick tick, Wiring wiring) {
    if (wiring.configuration().standsIn() == Site.DR) {
      return tick;
    }
    Ledger ledger = wiring.ownLedger();
    return () -> {
      if (DataRecord.read(ledger).isPresent()) {
        tick.run();
      }
    };
  }

  private Tick tick(Wiring wiring) {
    FunctionConfiguration configuration = wiring.configuration();
    Ledger ledger = wiring.ownLedger();
    PerRegion<String> regions = configuration.regions();
    return new Tick(
        new FailoverDecider(configuration.policy(), configuration.standsIn()),
        new StateStore(
            ledger,
            new Mutex(ledger, clock, Mutex.TTL),
            new Holder(
                "failover-lambda-%s in %s"
                    .formatted(configuration.environment(), wiring.ownRegion()),
                "failover"),
            new StateStore.RegionNames(regions.primary(), regions.dr())),
        probes,
        new LedgerOrders(ledger),
        wiring.lease(),
        wiring.actuators(),
        notifier,
        clock,
        Tick.FRESHNESS);
  }
}
