package payments.dr.operations.orders;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.lambda.loop.Recorded;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.Diagnosis;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.StsAnswer;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.OrderAnswer;

/**
 * Writes the status of a controller for other programs. Fields keep their names; new ones may be
 * added.
 */
final class StatusJson {

  private StatusJson() {}

  static String of(ControllerView view, Optional<OrderAnswer> answer, int exitCode) {
    ObjectNode status = JSON.createObjectNode();
    status.put("environment", view.environment().name());
    status.put("exitCode", exitCode);
    status.putNull("obstacle");
    status.put("silent", view.silent());
    status.put("mode", view.policy().mode().name());
    view.last().ifPresent(last -> tick(status, last, view));
    ObjectNode pause = status.putObject("pause");
    pause.put("set", view.control().pause().isPresent());
    view.control()
        .pause()
        .ifPresent(
            by ->
                pause
                    .put("since", by.at().toString())
                    .put("by", by.principal())
                    .put("reason", by.reason()));
    view.control()
        .order()
        .ifPresent(
            order ->
                status
                    .putObject("order")
                    .put("id", order.id())
                    .put("kind", order.kind().name())
                    .put("at", order.at().toString())
                    .put("by", order.principal())
                    .put("reason", order.reason())
                    .put("taken", answer.map(OrderAnswer::taken).orElse(null))
                    .put("verdict", StatusText.verdict(order, view, answer)));
    view.data()
        .ifPresent(
            data ->
                status
                    .putObject("data")
                    .put("generation", data.generation())
                    .put("writerRegion", data.writerRegion())
                    .put("state", data.state().name())
                    .put("since", data.since().toString()));
    status
        .putObject("budget")
        .put("seconds", Recovery.of(view.environment()).time().seconds())
        .put("targetSeconds", view.environment().config().failover().rtoTargetSeconds());
    ArrayNode allowed = status.putArray("allowed");
    view.allowed().forEach(kind -> allowed.add(kind.name()));
    ArrayNode attention = status.putArray("attention");
    Attention.of(view).forEach(attention::add);
    return text(status);
  }

  /** When the ledger could not be read. */
  static String of(
      String environment, AwsCallException call, RuntimeException failure, int exitCode) {
    Diagnosis diagnosis = call.diagnosis();
    ObjectNode status = JSON.createObjectNode();
    status.put("environment", environment);
    status.put("exitCode", exitCode);
    status.put("obstacle", diagnosis.obstacle().name());
    status.put("message", diagnosis.text(failure));
    ArrayNode regions = status.putArray("regions");
    for (StsAnswer answer : call.stsAnswers()) {
      regions
          .addObject()
          .put("region", answer.region())
          .put("knowsCaller", answer.knowsCaller())
          .put("obstacle", answer.obstacle().map(Obstacle::name).orElse(null))
          .put("said", answer.said());
    }
    return text(status);
  }

  private static void tick(ObjectNode status, Recorded last, ControllerView view) {
    State state = last.state();
    Observation seen = last.seen();
    status.put("phase", state.phase().name());
    status.put("since", moment(state.since()));
    status.put("why", state.why());
    status.put("version", state.version());
    status.put("incident", state.incident().id());
    status.put("tickedAt", last.at().toString());
    status.put("tickAgeSeconds", view.age().orElseThrow().toSeconds());
    status
        .putObject("votes")
        .put("external", seen.external().name())
        .put("peer", seen.peer().name())
        .put("drReady", seen.readiness().name());
    Observation.Database database = seen.database();
    Instant beat = database.heartbeatAt();
    Instant proved = database.replicatedUntil();
    status
        .putObject("database")
        .put("generation", seen.generation())
        .put("writer", database.writer().name())
        .put("activity", database.activity().name())
        .put("heartbeatAt", beat == null ? null : beat.toString())
        .put("replicatedUntil", proved == null ? null : proved.toString())
        .put("lagSeconds", beat == null ? null : Duration.between(beat, last.at()).toSeconds())
        .put("otherFollows", database.otherIsReplica())
        .put(
            "replicaLagMillis",
            database.replicaLag() == null ? null : database.replicaLag().toMillis())
        .put("primaryEngineVersion", known(database.versions().primary()))
        .put("drEngineVersion", known(database.versions().dr()));
    if (Standby.isPrimary(seen)) {
      Optional<String> obstacle = Standby.obstacle(database, view.policy().lossGuard());
      status
          .putObject("standby")
          .put("region", view.primary())
          .put("couldTakeOver", obstacle.isEmpty())
          .put("obstacle", obstacle.orElse(null));
    }
    status.put("estimatedLossSeconds", view.estimatedLoss().map(Duration::toSeconds).orElse(null));
    status
        .putObject("traffic")
        .put("primaryLatch", seen.traffic().primaryLatch().name())
        .put("drLatch", seen.traffic().drLatch().name())
        .put("primaryHold", seen.traffic().primaryHold().name())
        .put("drHold", seen.traffic().drHold().name())
        .put("dnsAnswers", seen.traffic().answers().name())
        .put("paymentCommits", seen.traffic().paymentCommits());
    status.put("oldWriterToldToStop", seen.lease().fenced());
    if (!(seen.lease() instanceof LeaseReading.Unproven)) {
      lease(status.putObject("lease"), seen.lease());
    }
    status.put("coolDownUntil", moment(state.coolDownUntil()));
  }

  /** Of a lease in registers; without an answer of two of them nothing of it is known. */
  private static void lease(ObjectNode lease, LeaseReading seen) {
    lease.put("read", seen instanceof LeaseReading.Registered);
    if (seen instanceof LeaseReading.Registered registered) {
      lease
          .put("heldHere", registered.taken())
          .put("forced", registered.forced())
          .put("otherUntil", moment(registered.until()));
    }
  }

  private static String known(String version) {
    return version.isEmpty() ? null : version;
  }

  private static String moment(Instant at) {
    return at.equals(Instant.EPOCH) ? null : at.toString();
  }

  static String text(ObjectNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node)
          + System.lineSeparator();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
