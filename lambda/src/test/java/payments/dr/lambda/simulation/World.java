package payments.dr.lambda.simulation;

import java.util.SplittableRandom;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.lease.LeaseTiming;

/** Two Regions with customers, a second a step; what is true, whatever anybody sees of it. */
final class World {

  private static final int POLL = 5;
  private static final int COMMIT = (int) LeaseTiming.COMMIT.toSeconds();

  final Scenario scenario;
  final SplittableRandom random;
  final Weather weather;
  final SimulatedDatabase database;
  final SimulatedRoute route;
  final SimulatedLedger primaryLedger = new SimulatedLedger();
  final SimulatedLeases leases;

  private int now;
  private boolean applicationStopped;
  private boolean externalDown;
  private int drBackAt = -10_000;
  private int contraryFor;
  private int detection;
  private int outageSince = -1;
  private int longestOutage;

  World(Scenario scenario) {
    this.scenario = scenario;
    this.random = new SplittableRandom(~scenario.seed());
    weather = new Weather(scenario.faults());
    database = new SimulatedDatabase(weather, scenario);
    route = new SimulatedRoute(weather, scenario.timing());
    leases = new SimulatedLeases(weather, primaryLedger, scenario.seed());
    leases.step(now, Site.PRIMARY);
  }

  int now() {
    return now;
  }

  /** When the DR Region was last dark. */
  int drBackAt() {
    return drBackAt;
  }

  boolean externalDown() {
    return externalDown;
  }

  /** Whether something keeps the primary Region from writing that the controller has to lift. */
  boolean fenced() {
    return applicationStopped || majority() && leases.takenFromPrimary();
  }

  /** Seconds of the longest time without service so far, the present one included. */
  int longestOutage() {
    return outageSince < 0 ? longestOutage : Math.max(longestOutage, now - outageSince);
  }

  /** Whether a payment sent to the Region's front door now would be committed. */
  boolean accepts(Site site) {
    return accepts(site, now);
  }

  /** The same with the lease as it was at a moment. */
  private boolean accepts(Site site, int leasedAt) {
    boolean leased = !majority() || leases.allows(site, leasedAt);
    if (site == Site.DR) {
      return leased && database.drWritable(now);
    }
    return frontDoorUp() && !applicationStopped && leased && database.primaryWritable(now);
  }

  /** Whether only what the controller or the fleet does or leaves undone can keep it from that. */
  boolean couldServe(Site site) {
    boolean settled = database.writer() == site && !database.busy();
    return settled
        && (site == Site.DR
            ? database.drWritable(now)
            : frontDoorUp() && weather.primaryDatabaseUp());
  }

  /** Whether the Region serves most of its customers. */
  private boolean serves(Site site) {
    return accepts(site) && !(site == Site.PRIMARY && weather.on(SimulatedFault.BROWN));
  }

  /** What a prober of the primary Region would say that no single lost request misleads. */
  boolean primaryHealthy() {
    return accepts(Site.PRIMARY)
        || frontDoorUp()
            && database.writer() == Site.DR
            && database.otherIsReplica()
            && weather.primaryDatabaseUp();
  }

  /** Whether both commit payments: what was let through under a lease is committed later. */
  boolean splitBrain() {
    return accepts(Site.PRIMARY, now - COMMIT) && accepts(Site.DR, now - COMMIT);
  }

  void step(Invariants invariants) {
    now++;
    weather.at(now);
    drBackAt = weather.drUp() ? drBackAt : now;
    if (now % POLL == 0 && weather.primaryUp()) {
      applicationStopped = BestEffortLease.stops(primaryLedger.read(BestEffortLease.KEY));
    }
    if (majority()) {
      renew(Site.PRIMARY, weather.primaryUp() && database.primaryWritable(now));
      renew(Site.DR, database.drWritable(now));
    }
    if (database.step(now, accepts(Site.PRIMARY))) {
      invariants.failedOver(database.loss());
    }
    judgeFromOutside();
    if (route.step(now)) {
      invariants.routeMoved();
    }
    if (splitBrain()) {
      invariants.splitBrain();
    }
    measureOutage();
  }

  private boolean frontDoorUp() {
    return weather.primaryUp()
        && !weather.on(SimulatedFault.FRONT_DOOR)
        && !weather.on(SimulatedFault.NO_ADDRESS);
  }

  private boolean majority() {
    return scenario.grade() == Grade.MAJORITY;
  }

  /** A fleet whose database takes no writes renews nothing. */
  private void renew(Site site, boolean writable) {
    if (writable) {
      leases.step(now, site);
    }
  }

  private void judgeFromOutside() {
    boolean healthy = primaryHealthy() && !weather.on(SimulatedFault.BROWN);
    if (healthy != externalDown) {
      contraryFor = 0;
      return;
    }
    if (contraryFor++ == 0) {
      Timing timing = scenario.timing();
      detection =
          timing.shortestDetection()
              + random.nextInt(timing.longestDetection() - timing.shortestDetection() + 1);
    }
    if (contraryFor >= detection) {
      externalDown = !externalDown;
      contraryFor = 0;
    }
  }

  private void measureOutage() {
    boolean served = route.settled(now) && serves(route.answers());
    if (!served && outageSince < 0) {
      outageSince = now;
    } else if (served && outageSince >= 0) {
      longestOutage = Math.max(longestOutage, now - outageSince);
      outageSince = -1;
    }
  }
}
