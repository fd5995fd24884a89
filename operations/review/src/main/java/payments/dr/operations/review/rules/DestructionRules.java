package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;

/**
 * What AWS refuses in the middle of the destruction of a whole stack, when much of it is gone
 * already. Whether it should be destroyed is its owner's decision and no subject here.
 */
final class DestructionRules {

  private static final String GLOBAL = "aws_rds_global_cluster";
  private static final String CLUSTER = "aws_rds_cluster";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuse(
              "writer-in-dr",
              "destruction of a global database that is written in the DR Region",
              "AWS neither deletes the last instance of its writer nor takes the writer out before"
                  + " its copy: the run stops there, with most of the stack gone",
              "switch over to the primary Region, wait until that has ended, then destroy",
              "`make destroy` after a failover that nobody has taken back",
              subject -> deleted(subject, GLOBAL).flatMap(global -> writtenInDr(subject, global))),
          PlanRule.refuse(
              "protected-from-deletion",
              "destruction of what AWS is told not to delete",
              "AWS refuses: the run stops there, with most of the stack gone",
              "set protectData to false in the environment's file, deploy, then destroy",
              "`make destroy` while `deletion_protection` of a cluster is on",
              subject ->
                  subject.plan().changes().stream()
                      .filter(it -> it.action() == Action.DELETE)
                      .flatMap(
                          it ->
                              GenerationRemoval.protection(subject.plan().now(it)).stream()
                                  .map(attribute -> Objection.of(it, attribute + " is on")))));

  private DestructionRules() {}

  private static Stream<ResourceChange> deleted(Subject subject, String type) {
    return subject.plan().changes().stream()
        .filter(it -> it.action() == Action.DELETE && it.is(type));
  }

  private static Stream<Objection> writtenInDr(Subject subject, ResourceChange global) {
    Map<String, String> clusters = new HashMap<>();
    deleted(subject, CLUSTER)
        .forEach(
            it -> clusters.put(it.before("arn").asText(), ResourceLocation.of(it.name()).region()));
    JsonNode now = subject.plan().now(global);
    Map<Boolean, String> members = new HashMap<>();
    now.path("global_cluster_members")
        .forEach(
            member ->
                members.put(
                    member.path("is_writer").asBoolean(), member.path("db_cluster_arn").asText()));
    // A writer without a copy leaves as the last one, which AWS allows.
    if (!members.containsKey(false) || !"dr".equals(clusters.get(members.get(true)))) {
      return Stream.empty();
    }
    String name = now.path("global_cluster_identifier").asText();
    return Stream.of(
        Objection.of(global, "`" + name + "` is written in the DR Region")
            .with(List.of(switchover(name, members.get(false)))));
  }

  private static String switchover(String global, String cluster) {
    return "aws rds switchover-global-cluster --region %s --global-cluster-identifier %s --target-db-cluster-identifier %s"
        .formatted(cluster.split(":")[3], global, cluster);
  }
}
