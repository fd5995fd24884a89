package payments.dr.lambda.simulation;

import java.util.SplittableRandom;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.model.Site;

/** Two Regions with customers, a second a step; what is true, whatever anybody sees of it. */
final class World {

  private static final int POLL = 5;
  private static final int LEASE_TTL = 30;

  final Scenario scenario;
  final SplittableRandom random;
  final Weather weather;
  final SimulatedDatabase database;
  final SimulatedRoute route;
  final SimulatedLedger primaryLedger = new SimulatedLedger();

  private int now;
  private boolean applicationStopped;
  private boolean leaseTaken;
  private int leaseUntil = LEASE_TTL;
  private boolean externalDown;
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
  }

  int now() {
    return now;
  }

  boolean externalDown() {
    return externalDown;
  }

  boolean applicationStopped() {
    return applicationStopped;
  }

  boolean leaseTaken() {
    return leaseTaken;
  }

  int leaseUntil() {
    return leaseUntil;
  }

  void takeLease(boolean taken) {
    leaseTaken = taken;
  }

  /** Seconds of the longest time without service so far, the present one included. */
  int longestOutage() {
    return outageSince < 0 ? longestOutage : Math.max(longestOutage, now - outageSince);
  }

  /** Whether a payment sent to the Region's front door now would be committed. */
  boolean accepts(Site site) {
    if (site == Site.DR) {
      return database.drWritable();
    }
    return frontDoorUp() && !applicationStopped && leaseAllows() && database.primaryWritable(now);
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

  boolean splitBrain() {
    return accepts(Site.PRIMARY) && accepts(Site.DR);
  }

  void step(Invariants invariants) {
    now++;
    weather.at(now);
    if (now % POLL == 0 && weather.primaryUp()) {
      applicationStopped = BestEffortLease.stops(primaryLedger.read(BestEffortLease.KEY));
      renewLease();
    }
    if (database.step(now, accepts(Site.PRIMARY), !majority() || !leaseTaken)) {
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

  private boolean leaseAllows() {
    return !majority() || now < leaseUntil;
  }

  /** The renewal is the heartbeat's commit, so that no lease outlives the database. */
  private void renewLease() {
    if (!leaseTaken && database.writer() == Site.PRIMARY && database.primaryWritable(now)) {
      leaseUntil = now + LEASE_TTL;
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
