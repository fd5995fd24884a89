package payments.dr.lambda.aws;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Probes;

/** Looks at everything at once. */
public final class AwsProbes implements Probes {

  /**
   * With the reading of the lease before it, a look that meets nothing but silence still ends
   * before the next tick is due.
   */
  public static final Duration LIMIT = Duration.ofSeconds(4);

  /**
   * What there is to look at.
   *
   * @param peer the primary Region's deep probe
   * @param payment the DR Region's: whether it is well, and the test payment
   */
  public record Eyes(
      ZoneRecords zone,
      Probe peer,
      Probe payment,
      Readiness readiness,
      GlobalClusters clusters,
      EngineVersion primaryVersion,
      EngineVersion drVersion,
      Replica replica,
      LatchObject primaryLatch,
      LatchObject drLatch) {}

  private final Eyes eyes;
  private final ExecutorService threads;
  private final Duration limit;
  private final JsonLog log;
  private final LongestLag longestLag = new LongestLag();
  private final ReplicationProof proof = new ReplicationProof();
  private volatile Instant heartbeatAt;
  private volatile EngineVersions versions = EngineVersions.UNSEEN;
  private volatile Health externalSeen = Health.UNKNOWN;

  /**
   * Makes the probes.
   *
   * @param limit of everything together; {@link #LIMIT} but for tests
   */
  public AwsProbes(Eyes eyes, ExecutorService threads, Duration limit, JsonLog log) {
    this.eyes = eyes;
    this.threads = threads;
    this.limit = limit;
    this.log = log;
  }

  @Override
  public Observation look(String generation, LeaseReading lease) {
    Looks looks = new Looks(threads, limit, log);
    var external = looks.at("external", Health.UNKNOWN, eyes.zone()::external);
    var answers = looks.at("DNS answer", Site.UNKNOWN, eyes.zone()::answers);
    var peer = looks.at("peer", ProbeAnswer.UNCLEAR, eyes.peer()::look);
    var payment = looks.at("test payment", ProbeAnswer.UNCLEAR, eyes.payment()::look);
    var readiness = looks.at("readiness", Health.UNKNOWN, eyes.readiness()::look);
    var cluster =
        looks.at("global cluster", Roles.UNSEEN, () -> Roles.of(eyes.clusters().view(generation)));
    var primaryVersion = version("primary", eyes.primaryVersion(), generation, looks);
    var drVersion = version("DR", eyes.drVersion(), generation, looks);
    var replica =
        looks.at("replica", Replica.Reading.UNSEEN, () -> eyes.replica().look(generation));
    var primaryLatch = looks.at("latch in primary", Presence.UNKNOWN, eyes.primaryLatch()::look);
    var drLatch = looks.at("latch in DR", Presence.UNKNOWN, eyes.drLatch()::look);
    var primaryHold =
        looks.at("hold in primary", Presence.UNKNOWN, eyes.primaryLatch()::lookAtHold);
    var drHold = looks.at("hold in DR", Presence.UNKNOWN, eyes.drLatch()::lookAtHold);
    Replica.Reading reading = replica.result();
    if (reading.heartbeatAt() != null) {
      heartbeatAt = reading.heartbeatAt();
    }
    longestLag.add(reading.lag());
    Optional<Instant> replicatedUntil = proof.after(generation, reading.follower());
    Health verdict = external.result();
    externalSeen = verdict;
    ProbeAnswer paid = payment.result();
    versions = new EngineVersions(primaryVersion.result(), drVersion.result());
    return new Observation(
        verdict,
        peer.result().health(),
        readiness(readiness.result(), paid),
        generation,
        cluster.result().with(reading, versions).replicatedUntil(replicatedUntil.orElse(null)),
        new Observation.Traffic(
            primaryLatch.result(),
            drLatch.result(),
            primaryHold.result(),
            drHold.result(),
            answers.result(),
            paid == ProbeAnswer.COMMITTED),
        lease);
  }

  /**
   * Where the load balancer's control plane does not say, its data plane does: everybody asks the
   * former when a Region is lost.
   */
  private static Health readiness(Health targets, ProbeAnswer payment) {
    return targets == Health.UNKNOWN && payment.health() == Health.UP ? Health.UP : targets;
  }

  /** Returns the newest heartbeat that any look saw. */
  public Optional<Instant> newestHeartbeat() {
    return Optional.ofNullable(heartbeatAt);
  }

  /** How far the Region that follows was behind at most since the last call. */
  public Optional<Duration> takeLongestLag() {
    return longestLag.take();
  }

  /** Whether the newest look since the last call saw EXTERNAL DOWN; empty unless it saw it. */
  public Optional<Boolean> takeExternalDown() {
    Health seen = externalSeen;
    externalSeen = Health.UNKNOWN;
    return seen == Health.UNKNOWN ? Optional.empty() : Optional.of(seen == Health.DOWN);
  }

  /** Returns the engine versions that the newest look saw; empty unless it saw both. */
  public Optional<EngineVersions> engineVersions() {
    return Optional.of(versions).filter(EngineVersions::seen);
  }

  private static Looks.Look<String> version(
      String where, EngineVersion version, String generation, Looks looks) {
    return looks.at(
        "engine version in " + where, version.last(generation), () -> version.look(generation));
  }

  /** Who writes, as far as the control plane says. */
  private record Roles(Site writer, Activity activity, Site movingTo, boolean otherIsReplica) {

    static final Roles UNSEEN = new Roles(Site.UNKNOWN, Activity.UNKNOWN, Site.UNKNOWN, false);

    static Roles of(GlobalClusters.View view) {
      return new Roles(view.writer(), view.activity(), view.movingTo(), view.otherIsReplica());
    }

    Observation.Database with(Replica.Reading reading, EngineVersions versions) {
      return new Observation.Database(
              writer, activity, reading.heartbeatAt(), otherIsReplica, reading.lag(), versions)
          .movingTo(movingTo);
    }
  }
}
