package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.differs;
import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.isEmpty;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * Rules about changes that prevent the other Region from taking over, or a copy from being made.
 */
final class RecoveryRules {

  private static final String GLOBAL = "global_cluster_identifier";
  private static final String SOURCE = "replication_source_identifier";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuseAlways(
              "cluster-detached",
              "cluster that leaves its global database",
              "Terraform calls RemoveFromGlobalCluster: the Region keeps a copy that stands still,"
                  + " and AWS lets no existing cluster join again",
              "put global_cluster_identifier back before applying; what was detached already can"
                  + " never join again",
              "`aws_rds_cluster` with `global_cluster_identifier` set to null",
              Check.each(
                  change ->
                      found(
                          change.is("aws_rds_cluster")
                              && change.alters()
                              && !isEmpty(change.before(GLOBAL))
                              && differs(change, GLOBAL),
                          () -> GLOBAL + " is removed or changed"))),
          PlanRule.refuseAlways(
              "cluster-joined",
              "existing cluster that is to join a global database",
              "the plan is one harmless line, but AWS refuses to let an existing cluster join, and"
                  + " the apply stops half-way",
              "somebody detached the cluster. A new DR cluster takes its place, with its incarnation in its"
                  + " identifier; the old one, with what only it holds, leaves Terraform's state"
                  + " but keeps running until somebody deletes it by hand. An original of the"
                  + " primary Region cannot be made anew: its generation has to be left",
              "`aws_rds_cluster` with `global_cluster_identifier` added",
              subject ->
                  subject.changes().stream()
                      .filter(
                          change ->
                              change.is("aws_rds_cluster")
                                  && change.action() == Action.UPDATE
                                  && isEmpty(change.before(GLOBAL))
                                  && differs(change, GLOBAL))
                      .map(
                          change ->
                              Objection.of(change, GLOBAL + " is added to a cluster that exists")
                                  .with(NewSecondary.commands(subject.plan(), change)))),
          PlanRule.refuseAlways(
              "replica-promoted",
              "change of a cluster's replication source",
              "Terraform calls PromoteReadReplicaDBCluster and cuts the cluster off from its"
                  + " writer; after a failover that is the demoted writer",
              "leave replication_source_identifier out and under ignore_changes, on both clusters",
              "`aws_rds_cluster` with `replication_source_identifier` set to null",
              Check.each(
                  change ->
                      found(
                          change.is("aws_rds_cluster")
                              && change.alters()
                              && differs(change, SOURCE),
                          () -> SOURCE + " is changed"))),
          PlanRule.refuseAlways(
              "replica-removed",
              "copy in the other Region that is given up by an update",
              "the other Region loses its copy; making it anew means copying everything again",
              "keep the replica; to change its key, make a new table or secret beside it",
              "`aws_dynamodb_table` without its `replica` block",
              Check.each(
                  change ->
                      found(
                          change.alters()
                              && (loses(change, "replica")
                                  && (change.is("aws_dynamodb_table")
                                      || change.is("aws_secretsmanager_secret"))),
                          () -> "a replica is removed"))),
          PlanRule.refuse(
              "stream-off",
              "table that tells no longer what changes in it",
              "copies in the other Region are fed by the stream, and stand still without it",
              "leave stream_enabled on",
              "`aws_dynamodb_table` with `stream_enabled` from true to false",
              Check.each(
                  change ->
                      change.is("aws_dynamodb_table")
                          ? Values.turnedOff(change, "/stream_enabled")
                          : Optional.empty())),
          PlanRule.refuse(
              "replication-stopped",
              "replication of objects that ends",
              "what is written from now on stays in one Region and is lost with it",
              "leave the replication on; to replace a bucket, replicate to the new one first",
              "`aws_s3_bucket_replication_configuration` deleted",
              Check.each(RecoveryRules::replicationStopped)),
          PlanRule.refuse(
              "backup-stopped",
              "backup that is no longer made, or no longer copied to the other Region",
              "the recovery points end there, and nobody notices until one is needed",
              "leave plan, rule, copy action and selection in place; change schedule or retention"
                  + " instead",
              "`aws_backup_plan` without its hourly rule",
              Check.each(BackupChanges::stopped)));

  private RecoveryRules() {}

  /** Whether a Region that has a replica has none afterwards. */
  private static boolean loses(ResourceChange change, String block) {
    return !Values.isUnknown(change, "/" + block)
        && !regions(change.after(block)).containsAll(regions(change.before(block)));
  }

  private static Set<String> regions(JsonNode replicas) {
    Set<String> regions = new HashSet<>();
    for (JsonNode replica : replicas) {
      regions.add(replica.path("region").asText() + replica.path("region_name").asText());
    }
    return regions;
  }

  /** Compares rules by their ids: S3 returns them in any order. */
  private static Optional<String> replicationStopped(ResourceChange change) {
    if (!change.is("aws_s3_bucket_replication_configuration")) {
      return Optional.empty();
    }
    if (change.action() == Action.DELETE) {
      return Optional.of("is deleted");
    }
    if (!change.alters()) {
      return Optional.empty();
    }
    JsonNode after = change.after("rule");
    for (JsonNode rule : change.before("rule")) {
      boolean replicated =
          StreamSupport.stream(after.spliterator(), false)
              .anyMatch(it -> replicatesAsMuch(rule, it));
      if (isEnabled(rule) && !replicated && !change.isUnknown("rule")) {
        return Optional.of("a rule is removed, disabled or narrowed");
      }
    }
    return Optional.empty();
  }

  private static boolean replicatesAsMuch(JsonNode before, JsonNode after) {
    return isEnabled(after)
        && before.path("id").asText().equals(after.path("id").asText())
        && (prefix(before).startsWith(prefix(after)) && isPrefixOnly(after)
            || before.path("filter").equals(after.path("filter")));
  }

  private static boolean isEnabled(JsonNode rule) {
    return rule.path("status").asText().equals("Enabled");
  }

  private static String prefix(JsonNode rule) {
    return rule.at("/filter/0/prefix").asText() + rule.path("prefix").asText();
  }

  private static boolean isPrefixOnly(JsonNode rule) {
    return rule.at("/filter/0/tag").isEmpty() && rule.at("/filter/0/and").isEmpty();
  }
}
