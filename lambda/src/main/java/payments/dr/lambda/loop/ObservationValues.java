package payments.dr.lambda.loop;

import java.time.Duration;
import java.util.Map;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;

/**
 * What a look saw as the ledger's values, empty where it saw nothing; {@link #of} reads it back.
 */
final class ObservationValues {

  private ObservationValues() {}

  static void put(Observation seen, Map<String, String> values) {
    Observation.Database database = seen.database();
    Observation.Traffic traffic = seen.traffic();
    Duration lag = database.replicaLag();
    values.put("seen.external", seen.external().name());
    values.put("seen.peer", seen.peer().name());
    values.put("seen.readiness", seen.readiness().name());
    values.put("seen.generation", seen.generation());
    values.put("seen.writer", database.writer().name());
    values.put("seen.activity", database.activity().name());
    values.put("seen.heartbeatAt", StateValues.seconds(database.heartbeatAt()));
    values.put("seen.replicatedUntil", StateValues.seconds(database.replicatedUntil()));
    values.put("seen.movingTo", database.movingTo().name());
    values.put("seen.otherIsReplica", Boolean.toString(database.otherIsReplica()));
    values.put("seen.replicaLagMillis", lag == null ? "" : Long.toString(lag.toMillis()));
    values.put("seen.primaryVersion", database.versions().primary());
    values.put("seen.drVersion", database.versions().dr());
    values.put("seen.primaryLatch", traffic.primaryLatch().name());
    values.put("seen.drLatch", traffic.drLatch().name());
    values.put("seen.primaryHold", traffic.primaryHold().name());
    values.put("seen.drHold", traffic.drHold().name());
    values.put("seen.answers", traffic.answers().name());
    values.put("seen.paymentCommits", Boolean.toString(traffic.paymentCommits()));
    put(seen.lease(), values);
  }

  static Observation of(Map<String, String> values) {
    String lag = values.get("seen.replicaLagMillis");
    return new Observation(
        StateValues.named(Health.class, values, "seen.external"),
        StateValues.named(Health.class, values, "seen.peer"),
        StateValues.named(Health.class, values, "seen.readiness"),
        values.get("seen.generation"),
        new Observation.Database(
            StateValues.named(Site.class, values, "seen.writer"),
            StateValues.named(Activity.class, values, "seen.activity"),
            StateValues.moment(values, "seen.heartbeatAt"),
            // A controller of an earlier release left neither these nor the versions.
            values.containsKey("seen.replicatedUntil")
                ? StateValues.moment(values, "seen.replicatedUntil")
                : null,
            values.containsKey("seen.movingTo")
                ? StateValues.named(Site.class, values, "seen.movingTo")
                : Site.UNKNOWN,
            Boolean.parseBoolean(values.get("seen.otherIsReplica")),
            lag.isEmpty() ? null : Duration.ofMillis(Long.parseLong(lag)),
            new EngineVersions(
                values.getOrDefault("seen.primaryVersion", ""),
                values.getOrDefault("seen.drVersion", ""))),
        new Observation.Traffic(
            StateValues.named(Presence.class, values, "seen.primaryLatch"),
            StateValues.named(Presence.class, values, "seen.drLatch"),
            hold(values, "seen.primaryHold", "seen.primaryLatch"),
            hold(values, "seen.drHold", "seen.drLatch"),
            StateValues.named(Site.class, values, "seen.answers"),
            Boolean.parseBoolean(values.get("seen.paymentCommits"))),
        lease(values));
  }

  private static void put(LeaseReading lease, Map<String, String> values) {
    values.put("seen.lease", lease.getClass().getSimpleName());
    values.put("seen.fenced", Boolean.toString(lease.fenced()));
    if (lease instanceof LeaseReading.Registered registered) {
      values.put("seen.leaseTaken", Boolean.toString(registered.taken()));
      values.put("seen.leaseForced", Boolean.toString(registered.forced()));
      values.put("seen.leaseUntil", StateValues.seconds(registered.until()));
    }
  }

  private static LeaseReading lease(Map<String, String> values) {
    boolean fenced = Boolean.parseBoolean(values.get("seen.fenced"));
    return switch (values.get("seen.lease")) {
      case "Unproven" -> new LeaseReading.Unproven(fenced);
      case "Registered" ->
          new LeaseReading.Registered(
              Boolean.parseBoolean(values.get("seen.leaseTaken")),
              fenced,
              Boolean.parseBoolean(values.get("seen.leaseForced")),
              StateValues.moment(values, "seen.leaseUntil"));
      default -> new LeaseReading.Unread();
    };
  }

  /** An earlier release left none: its latch held itself. */
  private static Presence hold(Map<String, String> values, String hold, String latch) {
    return StateValues.named(Presence.class, values, values.containsKey(hold) ? hold : latch);
  }
}
