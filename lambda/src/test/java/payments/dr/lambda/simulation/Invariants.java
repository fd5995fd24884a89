package payments.dr.lambda.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Authority;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerKey;

/** Watches what must always hold, and remembers what did not. */
final class Invariants {

  static final LedgerKey STATE = LedgerKey.of("FAILOVER");

  private static final int FRESH = (int) Tick.FRESHNESS.toSeconds();

  private static final int NEVER = -10_000;

  /** From a latch to DNS's answer, and a look. */
  private static final int ROUTE = 30;

  /** Within which a change by hand may cross the controller's own, or DNS's. */
  private static final int HAND_IN_HAND = 300;

  private final World world;
  private final Story story;
  private final Humans humans;
  private final Deeds deeds;
  private final Map<String, String> violations = new TreeMap<>();
  private final Map<String, Integer> rowOfAct = new HashMap<>();
  private final Set<String> promotedIncidents = new HashSet<>();
  private final Map<String, Integer> aborted = new HashMap<>();
  private final Map<String, Map<String, String>> rows = new TreeMap<>();

  private final Reached reached = new Reached();

  private Observation lastSeen;
  private Phase phase = Phase.STEADY;
  private long version;
  private String generation = "v1";
  private String newestAct = "";
  private int machinePromotedAt = NEVER;
  private int prepared = -1;
  private boolean crashesPlanned;
  private int promotions;
  private int splitSeconds;
  private int splitSecondsByHand;
  private int routesLost;
  private int routesReturned;
  private int ticks;
  private int loss = -1;

  Invariants(World world, Humans humans, Story story, Deeds deeds) {
    this.world = world;
    this.humans = humans;
    this.deeds = deeds;
    this.story = story;
  }

  Map<String, String> violations() {
    return violations;
  }

  Reached reached() {
    return reached;
  }

  Phase phase() {
    return phase;
  }

  /** The newest that was decided on, whether it was done or not. */
  String newestAct() {
    return newestAct;
  }

  int promotions() {
    return promotions;
  }

  int splitSeconds() {
    return splitSeconds;
  }

  /** Where a human promoted the DR Region without asking the controller, or the lease. */
  int splitSecondsByHand() {
    return splitSecondsByHand;
  }

  private boolean byHand() {
    return humans.promotedByHandAt() > deeds.promotedAt();
  }

  int routesLost() {
    return routesLost;
  }

  /** How often a DR Region that came back led customers to it before any tick could end that. */
  int routesReturned() {
    return routesReturned;
  }

  /** Of the automatic failover, in seconds of payments; -1: there was none. */
  int loss() {
    return loss;
  }

  private void violated(String id, String what) {
    if (violations.putIfAbsent(id, "at " + world.now() + " s: " + what) == null) {
      story.add(world.now(), "*** " + id + ": " + what);
    }
  }

  void splitBrain() {
    if (byHand()) {
      splitSecondsByHand++;
      return;
    }
    if (splitSeconds++ == 0) {
      story.add(world.now(), "both Regions commit payments");
    }
    if (world.scenario.grade() == Grade.MAJORITY && !deeds.forced()) {
      violated("I1", "both Regions commit payments");
    }
  }

  void routeMoved() {
    Site answers = world.route.answers();
    story.add(world.now(), "DNS answers " + answers);
    boolean lately = world.now() - humans.promotedByHandAt() < HAND_IN_HAND;
    boolean follows =
        world.database.target() == answers || world.now() - world.database.cancelledAt() < ROUTE;
    if (answers == world.database.writer() || lately || follows) {
      return;
    }
    // An older latch came to light while the primary Region is stopped: putting one is judged
    // apart.
    boolean moving = phase == Phase.PREPARING || phase == Phase.PROMOTING;
    if (answers == Site.DR && moving && world.fenced()) {
      return;
    }
    if (answers == Site.DR && deeds.leftOverSeenAt() < world.drBackAt() && world.route.drCopy()) {
      routesReturned++;
    } else if (answers == Site.DR && phase != Phase.UNROUTING) {
      violated("I2", "DNS moved to the DR Region, which neither writes nor will");
    } else if (answers == Site.PRIMARY && world.route.anyCopy()) {
      routesLost++;
    } else if (answers == Site.PRIMARY) {
      violated("I3", "DNS left the DR Region, which writes");
    }
  }

  /**
   * Runs a tick, and notes if it could have taken a latch away: it saw one that leads customers
   * from the writer, and neither a pause nor an interruption, another tick or a failed call came
   * between.
   */
  void ticking(Runnable tick) {
    int number = ++ticks;
    int began = world.now();
    boolean paused = humans.pausedAt() >= 0;
    tick.run();
    boolean free = !paused && humans.pausedAt() < 0 && number == ticks;
    if (free && world.now() - began <= FRESH && seesLeftOver()) {
      deeds.seeLeftOver(began);
    }
  }

  private boolean seesLeftOver() {
    return lastSeen.traffic().drLatch() == Presence.PRESENT
        && lastSeen.database().settledIn(Site.PRIMARY)
        && !lastSeen.traffic().paymentCommits();
  }

  /** Customers are sent where the writer is, or where RDS shows that it goes. */
  void latching() {
    boolean lately = world.now() - world.database.movedAt() <= FRESH;
    boolean coming =
        world.database.movingTo(world.now()) == Site.DR
            || world.now() - world.database.cancelledAt() <= FRESH;
    if (world.database.writer() == Site.PRIMARY && !lately && !coming) {
      violated("I2", "the latch is put while the primary Region writes, and goes on");
    }
  }

  void unlatching() {
    boolean lately = world.now() - world.database.movedAt() <= FRESH;
    boolean leaving =
        world.database.movingTo(world.now()) == Site.PRIMARY
            || world.now() - world.database.cancelledAt() <= FRESH;
    if (world.database.writer() == Site.DR && !lately && !leaving) {
      violated("I3", "the latch is cleared while the DR Region writes, and goes on");
    }
  }

  /** What holds the route may go only where the latch goes on turning it. */
  void loosening() {
    if (!world.route.anyCopy()) {
      violated("I3", "the hold is taken away from a route that no latch turns");
    }
  }

  void saw(Observation seen) {
    lastSeen = seen;
  }

  /** A crash may hit the only attempt to stop the writer; the cap goes on meanwhile. */
  void expectCrashes() {
    crashesPlanned = true;
  }

  /** The lease is given back, as an act of its own or a part of one. */
  void releasing() {
    demandNoPause("release of the lease");
    if (world.database.target() == Site.DR) {
      violated("I15", "the fence is lifted while the writer is about to move");
    }
  }

  /**
   * The outside is about to change.
   *
   * @param acts any of which does so, as audit rows name them
   */
  void acting(String label, String... acts) {
    demandNoPause(label);
    int row =
        Stream.of(acts).mapToInt(act -> rowOfAct.getOrDefault(act, NEVER)).max().orElse(NEVER);
    boolean late = world.now() - row > FRESH && world.scenario.interruptions() == 0;
    if (row == NEVER || late) {
      violated("I8", label + " without a row in the audit trail");
    }
    // A human said that both may write.
    if (label.equals("Force")) {
      deeds.force();
    }
    if (label.equals("Prepare")) {
      prepared = world.now();
    }
    story.add(world.now(), "        " + label);
  }

  private void demandNoPause(String what) {
    if (humans.pausedAt() >= 0 && world.now() - humans.pausedAt() > FRESH) {
      violated("I9", what + " " + (world.now() - humans.pausedAt()) + " s after PAUSE");
    }
  }

  void promoted(Incident incident) {
    // What RDS cancelled may be asked for again.
    if (world.database.cancelledAt() >= deeds.promotedAt()) {
      promotedIncidents.clear();
      machinePromotedAt = NEVER;
    }
    promotions++;
    deeds.promote(incident.authority(), world.now());
    story.add(world.now(), "        accepted, of " + incident.generation());
    if (incident.promotion() == Promotion.FAILOVER && !promotedIncidents.add(incident.id())) {
      violated("I4", "second promotion in incident " + incident.id());
    }
    if (incident.authority() == Authority.MACHINE) {
      int since = world.now() - machinePromotedAt;
      if (since < world.scenario.policy().coolDown().toSeconds()) {
        violated("I4", "second automatic failover after " + since + " s");
      }
      machinePromotedAt = world.now();
      if (prepared < 0 && world.scenario.interruptions() == 0 && !crashesPlanned) {
        violated("I1", "promoted before the first attempt to stop the writer");
      }
    }
    Integer abortedAt = aborted.get(incident.id());
    if (abortedAt != null && world.now() - abortedAt > FRESH) {
      violated("I9", "promoted " + (world.now() - abortedAt) + " s after ABORT");
    }
    if (!incident.generation().equals(generation)) {
      violated("I12", incident.generation() + " promoted, but the data is in " + generation);
    }
  }

  void failedOver(int lost) {
    if (deeds.promotedBy().human() || byHand()) {
      return;
    }
    loss = Math.max(loss, lost);
    story.add(world.now(), "failed over; " + lost + " s of payments lost");
    boolean held = world.scenario.grade() == Grade.MAJORITY || !world.scenario.meddling();
    if (held && lost > world.scenario.policy().lossTarget().toSeconds()) {
      violated("I6", lost + " s of payments lost");
    }
  }

  void written(List<LedgerChange> changes) {
    for (LedgerChange change : changes) {
      if (change.values() == null) {
        continue;
      }
      if (change.key().equals(STATE)) {
        stateWritten(change, changes);
      } else if (change.key().equals(DataRecord.KEY)) {
        dataWritten(change.values().get("generation"));
      } else if (change.key().entity().startsWith("AUDIT#")) {
        rowOfAct.put(change.values().get("act"), world.now());
        rows.put(change.key().toString(), change.values());
      }
    }
  }

  private void dataWritten(String written) {
    if (!written.equals(generation) && phase.excludesCutover()) {
      violated("I12", "a cutover passed its point of no return during " + phase);
    }
    generation = written;
  }

  private void stateWritten(LedgerChange change, List<LedgerChange> together) {
    Map<String, String> values = change.values();
    if (change.expectedVersion() != version || !values.get("from").equals(phase.name())) {
      violated("I8", "version " + change.expectedVersion() + " follows version " + version);
    }
    version = change.expectedVersion() + 1;
    reached.add(values);
    newestAct = values.get("act");
    Phase next = Phase.valueOf(values.get("phase"));
    if (next == phase) {
      return;
    }
    story.add(
        world.now(),
        phase + " -> " + next + ": " + values.get("why") + " [" + values.get("act") + "]");
    if (together.stream().noneMatch(row -> row.key().entity().startsWith("AUDIT#"))) {
      violated("I8", phase + " -> " + next + " without a row in the audit trail");
    }
    if (next == Phase.STEADY && values.get("why").startsWith("ABORT by")) {
      aborted.put(values.get("incident"), world.now());
    }
    if (next == Phase.PREPARING && values.get("authority").equals(Authority.MACHINE.name())) {
      decidedByMachine();
    }
    phase = next;
  }

  /** With customers served, only two signals that lie are an excuse. */
  private void decidedByMachine() {
    if (!world.accepts(Site.PRIMARY) || world.route.answers() != Site.PRIMARY) {
      return;
    }
    Instant now = SimulatedPorts.START.plusSeconds(world.now());
    Instant heartbeat = lastSeen.database().heartbeatBy(now);
    Duration silence = heartbeat == null ? Duration.ZERO : Duration.between(heartbeat, now);
    boolean silent = silence.compareTo(world.scenario.policy().heartbeatSilence()) > 0;
    if (lastSeen.external() != Health.DOWN || lastSeen.peer() != Health.DOWN && !silent) {
      violated("I5", "failover decided while customers are served");
    }
  }

  /** To be asked when the world has been quiet for long enough. */
  void atRest() {
    boolean outside = phase == Phase.SUSPECT || phase == Phase.AWAITING_APPROVAL;
    boolean resting =
        phase == Phase.STEADY
            || phase == Phase.FAILED_OVER
            || phase == Phase.HALTED
            || outside && checkersSayDown();
    if (!resting) {
      violated("I10", "still " + phase);
    }
    if ((phase == Phase.STEADY || outside)
        && world.fenced()
        && world.database.writer() == Site.PRIMARY) {
      violated("I10", "the primary Region is fenced, and nobody will lift it");
    }
    served();
    boolean latched = phase == Phase.FAILED_OVER;
    // One that only observes clears no copy that leads to the writer, also one that a human put.
    boolean leftToHumans =
        world.scenario.policy().mode() == Mode.OBSERVE && world.database.writer() == Site.DR;
    if ((latched || phase == Phase.STEADY && !leftToHumans)
        && !world.weather.on(SimulatedFault.DR_STORAGE)
        && (world.route.primaryCopy() != latched
            || world.route.drCopy() != latched
            || world.route.primaryHold() != latched
            || world.route.drHold() != latched)) {
      violated("I10", "copies of the latch disagree with " + phase);
    }
  }

  /**
   * The same of the primary Region's controller, which only moves the writer back to its own
   * Region.
   */
  void atRestAtHome() {
    if (phase != Phase.STEADY && phase != Phase.HALTED) {
      violated("I10", "the primary Region's controller is still " + phase);
    }
  }

  private boolean checkersSayDown() {
    return world.externalDown() || world.weather.on(SimulatedFault.CHECKERS);
  }

  /** Where a Region could serve, customers are led to it, or a human was asked. */
  private void served() {
    boolean asked =
        phase == Phase.AWAITING_APPROVAL || world.scenario.policy().mode() == Mode.OBSERVE;
    for (Site site : List.of(Site.PRIMARY, Site.DR)) {
      if (!asked && world.accepts(site) && world.route.answers() != site) {
        violated("I14", site + " could serve, but DNS answers " + world.route.answers());
      }
      if (!asked && world.couldServe(site) && !world.accepts(site)) {
        violated("I14", site + " could serve, but nobody lets it write");
      }
    }
  }

  void in(Phase expected) {
    if (phase != expected) {
      violated("I10", "still " + phase + ", must be " + expected);
    }
  }

  void leadsToDr() {
    if (world.route.answers() != Site.DR) {
      violated("I14", "DNS must answer DR, got " + world.route.answers());
    }
  }

  void neverLedToAReturnedRegion() {
    if (routesReturned > 0) {
      violated("I2", "DNS moved to a DR Region that came back");
    }
  }

  void promotedOnce() {
    if (promotions != 1) {
      violated("I4", promotions + " promotions, must be one");
    }
  }

  void outageWithin(int seconds) {
    if (world.longestOutage() > seconds) {
      violated("I7", world.longestOutage() + " s without service, at most " + seconds);
    }
  }

  void outageOfAtLeast(int seconds) {
    if (world.longestOutage() < seconds) {
      violated("I1", world.longestOutage() + " s without service, at least " + seconds);
    }
  }

  /** The recovery time that is promised for one hard fault. */
  void servedWithin(int seconds) {
    if (world.longestOutage() > seconds || promotions != 1 || phase != Phase.FAILED_OVER) {
      violated(
          "I7",
          "%d s without service, promised %d s; %d promotions, %s"
              .formatted(world.longestOutage(), seconds, promotions, phase));
    }
  }

  /**
   * @param archive rows by the names of their entries, once the archive is well
   */
  void archived(Map<String, Map<String, String>> archive) {
    if (!archive.equals(rows)) {
      violated(
          "I13",
          "archive must hold each of %d rows as the ledger has it, got %d"
              .formatted(rows.size(), archive.size()));
    }
  }

  void neverPromoted() {
    if (promotions > 0) {
      violated("I5", "failover for a fault that is no reason for one");
    }
  }
}
