package payments.dr.lambda.aws;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Decision;

/** What humans and other systems are told of a new phase, as JSON. */
final class Notice {

  private Notice() {}

  static Map<String, Object> of(
      String environment, State from, Decision decision, Observation seen, Instant now) {
    State to = decision.next();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("environment", environment);
    values.put("incident", to.incident().id());
    values.put("from", from.phase().name());
    values.put("to", to.phase().name());
    values.put("why", to.why());
    values.put("seen", seen(seen));
    values.put("act", decision.act().label());
    values.put("version", to.version());
    values.put("t", now.toString());
    return values;
  }

  private static Map<String, Object> seen(Observation seen) {
    Observation.Database database = seen.database();
    Observation.Traffic traffic = seen.traffic();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("external", seen.external());
    values.put("peer", seen.peer());
    values.put("readiness", seen.readiness());
    values.put("generation", seen.generation());
    values.put("writer", database.writer());
    values.put("activity", database.activity());
    values.put("heartbeatAt", database.heartbeatAt());
    values.put("primaryLatch", traffic.primaryLatch());
    values.put("drLatch", traffic.drLatch());
    values.put("primaryHold", traffic.primaryHold());
    values.put("drHold", traffic.drHold());
    values.put("answers", traffic.answers());
    values.put("paymentCommits", traffic.paymentCommits());
    values.put("fenced", seen.lease().fenced());
    return values;
  }
}
