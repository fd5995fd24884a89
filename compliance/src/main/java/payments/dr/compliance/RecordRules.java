package payments.dr.compliance;

import static payments.dr.compliance.DatabaseRules.ownKey;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.atLeast;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.off;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Logs, backups, metric streams, zone. */
final class RecordRules {

  private static final List<String> VAULT = types("aws_backup_vault");
  private static final List<String> PLAN = types("aws_backup_plan");

  private static final List<String> DELETIONS =
      List.of(
          "backup:DeleteRecoveryPoint",
          "backup:DisassociateRecoveryPoint",
          "backup:UpdateRecoveryPointLifecycle");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "log-group-not-encrypted",
              "logs are encrypted with an own key",
              types("aws_cloudwatch_log_group"),
              Scope.ALWAYS,
              ownKey("kms_key_id"),
              pci("10.3.2").fsbp("CloudWatch.16(k)"),
              "with a key of one's own, reading takes two permissions, and both are logged",
              "encrypt with the Region's key of logs"),
          new Rule(
              "log-retention-short",
              "logs are kept for 400 days",
              types("aws_cloudwatch_log_group"),
              Scope.KEPT_DATA,
              atLeast("retention_in_days", 400),
              pci("10.5.1").fsbp("CloudWatch.16(k)"),
              "an intrusion is often found months later",
              "keep the group for 400 days or more"),
          new Rule(
              "log-group-missing",
              "log groups are there before what writes to them",
              types("aws_lambda_function", "aws_rds_cluster"),
              Scope.ALWAYS,
              new Requirement(
                  "depends_on an aws_cloudwatch_log_group",
                  (writer, stack) ->
                      faultIf(
                          stack.named(writer.at("depends_on")).stream()
                              .noneMatch(it -> it.type().equals("aws_cloudwatch_log_group")),
                          writer.describe("depends_on"))),
              pci("10.5.1"),
              "the service would make a group without key that keeps everything for ever",
              "make the group first"),
          new Rule(
              "vault-not-encrypted",
              "recovery points are encrypted with an own key",
              VAULT,
              Scope.ALWAYS,
              ownKey("kms_key_arn"),
              pci("3.5.1").fsbp("Backup.1(k)"),
              "a backup is a copy of all card data",
              "encrypt with the Region's key of backups"),
          new Rule(
              "recovery-points-deletable",
              "nobody deletes recovery points",
              VAULT,
              Scope.KEPT_DATA,
              part("aws_backup_vault_policy", "backup_vault_name", refusesDeletion())
                  .and(off("force_destroy")),
              pci("10.3.3", "12.10.1(k)"),
              "an intruder deletes backups first",
              "deny backup:DeleteRecoveryPoint to everybody"),
          new Rule(
              "vault-not-locked",
              "vault locks cannot be removed",
              VAULT,
              Scope.KEPT_DATA,
              part(
                  "aws_backup_vault_lock_configuration",
                  "backup_vault_name",
                  between("changeable_for_days", 3, 30).and(atLeast("min_retention_days", 1))),
              pci("10.3.3", "12.10.1(k)"),
              "who may change the vault's policy may delete what it protects",
              "set backup.vaultLock with changeableForDays 3 to 30"),
          new Rule(
              "backup-in-one-region",
              "backups are copied to the other Region",
              PLAN,
              Scope.ALWAYS,
              copied(),
              pci("10.3.3", "12.10.1(k)"),
              "backups would go with their Region",
              "add a copy_action with a lifecycle of its own"),
          new Rule(
              "cold-recovery-points-short-lived",
              "cold recovery points stay for 90 days",
              PLAN,
              Scope.ALWAYS,
              coldLongEnough(),
              pci("10.3.3"),
              "AWS refuses less, but only when the plan is applied",
              "raise retentionDays to 90 days after coldStorageAfterDays"),
          new Rule(
              "stream-not-encrypted",
              "streams are encrypted with an own key",
              types("aws_kinesis_firehose_delivery_stream"),
              Scope.ALWAYS,
              on("server_side_encryption.enabled")
                  .and(in("server_side_encryption.key_type", "CUSTOMER_MANAGED_CMK"))
                  .and(ownKey("server_side_encryption.key_arn"))
                  .and(ownKey("extended_s3_configuration.kms_key_arn")),
              pci("3.5.1(k)").fsbp("DataFirehose.1(k)"),
              "what waits in the stream would lie in plain text",
              "encrypt stream and objects with the Region's key of storage"),
          new Rule(
              "zone-force-destroy",
              "zones are not destroyed with their records",
              types("aws_route53_zone"),
              Scope.KEPT_DATA,
              off("force_destroy").and(on("lifecycle.prevent_destroy")),
              pci("12.10.1(k)"),
              "a new zone has other name servers, which the parent domain does not know",
              "keep force_destroy false and prevent_destroy true"),
          new Rule(
              "zone-queries-not-logged",
              "questions to the zone are logged",
              types("aws_route53_zone"),
              Scope.ALWAYS,
              part("aws_route53_query_log", "zone_id", has("cloudwatch_log_group_arn"))
                  .only(
                      "of stacks with us-east-1, where alone Route 53 writes logs",
                      RecordRules::canLog),
              pci("10.2.1(k)").fsbp("Route53.2(k)"),
              "nobody could tell when customers were sent where",
              "add an aws_route53_query_log"));

  private RecordRules() {}

  private static boolean canLog(Resource zone, Resources stack) {
    return stack.ofType("aws_vpc").anyMatch(vpc -> stack.region(vpc).equals("us-east-1"));
  }

  private static Requirement refusesDeletion() {
    return new Requirement(
        "a policy that denies " + DELETIONS + " to everybody, under no condition",
        (policy, stack) ->
            DELETIONS.stream()
                .filter(action -> !stack.policy(policy, "policy").denies(action))
                .map(action -> "a policy that does not deny " + action)
                .findFirst());
  }

  private static Requirement copied() {
    return new Requirement(
        "a rule with copy_action to a vault of another Region, with lifecycle.delete_after",
        (plan, stack) -> {
          for (JsonNode rule : plan.at("rule")) {
            for (JsonNode copy : rule.path("copy_action")) {
              boolean elsewhere =
                  stack.named(copy.path("destination_vault_arn")).stream()
                      .anyMatch(vault -> !vault.text("provider").equals(plan.text("provider")));
              if (elsewhere && copy.path("lifecycle").path("delete_after").asInt() > 0) {
                return faultIf(false, "");
              }
            }
          }
          return faultIf(true, "no such rule");
        });
  }

  private static Requirement coldLongEnough() {
    return new Requirement(
        "delete_after 90 days or more after cold_storage_after, of points and copies",
        (plan, stack) -> {
          List<JsonNode> lifecycles = new ArrayList<>();
          plan.at("rule")
              .forEach(
                  rule -> {
                    lifecycles.add(rule.path("lifecycle"));
                    rule.path("copy_action").forEach(it -> lifecycles.add(it.path("lifecycle")));
                  });
          return lifecycles.stream()
              .filter(it -> it.path("cold_storage_after").asInt() > 0)
              .filter(
                  it ->
                      it.path("delete_after").asInt() < it.path("cold_storage_after").asInt() + 90)
              .map(JsonNode::toString)
              .findFirst();
        });
  }
}
