package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** What decides where customers go: only a person with the latch moves them, never a plan. */
final class FailoverRules {

  private static final Set<String> ROUTING =
      Set.of(
          "alias",
          "failover_routing_policy",
          "health_check_id",
          "multivalue_answer_routing_policy",
          "name",
          "records",
          "set_identifier",
          "type",
          "weighted_routing_policy",
          "zone_id");

  private static final Set<String> PACE =
      Set.of("failure_threshold", "measure_latency", "regions", "request_interval");

  private static final Set<String> SLEEP =
      Set.of("is_enabled", "reserved_concurrent_executions", "state");

  /** Key of the lease renewer's jar. */
  private static final String RENEWER = "lease-renewer-[0-9a-f]{64}\\.jar";

  private static final String WAY_OUT =
      "undo the change; if DNS must be rebuilt, do it while the change is watched, and check with"
          + " route53 test-dns-answer before and after";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuse(
              "failover-record-changed",
              "failover record that is changed or removed",
              "DNS can answer with the Region whose database is read-only, or with nothing",
              WAY_OUT,
              "`aws_route53_record` with another `health_check_id`",
              Check.each(
                  change ->
                      found(
                          change.is("aws_route53_record")
                              && !change.before("failover_routing_policy").isEmpty()
                              && (change.destroys() || change.alters() && touches(change, ROUTING)),
                          () -> describe(change, ROUTING)))),
          PlanRule.refuse(
              "health-check-changed",
              "health check that is changed or removed",
              "an inverted or lowered check moves customers at once, or keeps them where nobody"
                  + " answers",
              WAY_OUT,
              "`aws_route53_health_check` with `invert_healthcheck` from true to false",
              Check.each(
                  change ->
                      found(
                          change.is("aws_route53_health_check")
                              && (change.destroys() || !steered(change).isEmpty()),
                          () -> describe(change, steered(change))))),
          PlanRule.refuse(
              "traffic-cut",
              "listener that forwards no longer",
              "customers get a page instead of an answer",
              "change the target group instead; to close a service, close it in its application",
              "`aws_lb_listener` with a fixed response in place of `forward`",
              Check.each(
                  change ->
                      found(
                          change.is("aws_lb_listener")
                              && change.alters()
                              && forwards(change.before())
                              && !forwards(change.after()),
                          () -> "no longer forwards to a target group"))),
          PlanRule.refuseAlways(
              "pointer-redirected",
              "pointer that names another database of the same generation",
              "applications follow it within seconds, to the server that answers there",
              "leave the value to the stack, which takes it from the cluster",
              "`aws_ssm_parameter` with another `writer`, although `generation` stays v2",
              Check.eachOf(
                  (subject, change) ->
                      Flip.redirected(subject.plan(), change)
                          .map(names -> "names another " + String.join(", ", names)))),
          PlanRule.approve(
              "controller-disarmed",
              "failover controller that is removed, replaced, or woken no more",
              "a lost Region goes unnoticed, or nobody moves the writer",
              "change it in place; to switch automatic failover off, set failover.mode or `./dr"
                  + " pause`, which leave the controller looking",
              "`aws_scheduler_schedule` with `state` from ENABLED to DISABLED",
              Check.each(FailoverRules::disarmed)),
          PlanRule.refuseAlways(
              "latch-managed",
              "object in a bucket, such as the latch, other than the lease renewer's jar",
              "while the latch exists, DNS answers with DR; an apply would set or clear it behind"
                  + " the operators' back",
              "take it out of the configuration with a removed block; operators set the latch by"
                  + " hand",
              "`aws_s3_object` with key `latch/dr-active` created",
              Check.each(
                  change ->
                      found(
                          change.is("aws_s3_object")
                              && !ofRenewer(change)
                              && change.action() != Action.FORGET,
                          () -> "Terraform would " + change.action().word() + " it"))));

  private FailoverRules() {}

  /** Named by its content, in a bucket of its own: no health check looks there. */
  private static boolean ofRenewer(ResourceChange change) {
    return (!change.writes() || isRenewer(change.after("key")))
        && (change.action() == Action.CREATE || isRenewer(change.before("key")));
  }

  private static boolean isRenewer(JsonNode key) {
    return key.asText().matches(RENEWER);
  }

  private static boolean forwards(JsonNode listener) {
    return listener.at("/default_action/0/type").asText().equals("forward");
  }

  /** What decides whom a health check calls healthy; how soon is a setting, and needs approval. */
  private static Set<String> steered(ResourceChange change) {
    Set<String> steered = new TreeSet<>();
    if (change.alters()) {
      steered.addAll(Harmless.others(change));
      steered.removeAll(PACE);
    }
    return steered;
  }

  private static Optional<String> disarmed(ResourceChange change) {
    if (change.destroys()) {
      return DestroyRules.destroyed(change.is(ResourceTypes.CONTROL), change);
    }
    boolean asleep =
        change.is(ResourceTypes.CONTROL)
            && change.alters()
            && (Values.differs(change, "state")
                || Values.differs(change, "is_enabled")
                || Values.differs(change, "reserved_concurrent_executions")
                    && change.after("reserved_concurrent_executions").asInt(-1) == 0);
    return found(asleep, () -> describe(change, SLEEP));
  }

  private static boolean touches(ResourceChange change, Set<String> attributes) {
    return attributes.stream().anyMatch(it -> Values.differs(change, it));
  }

  private static String describe(ResourceChange change, Set<String> attributes) {
    Set<String> touched = new TreeSet<>(change.changedAttributes());
    touched.retainAll(attributes);
    return DestroyRules.destroyed(true, change)
        .or(() -> Optional.of("changes " + String.join(", ", touched)))
        .get();
  }
}
