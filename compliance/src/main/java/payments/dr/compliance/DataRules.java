package payments.dr.compliance;

import static payments.dr.compliance.DatabaseRules.ownKey;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.none;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import payments.dr.compliance.policy.Condition;

/** DynamoDB tables and secrets. */
final class DataRules {

  private static final List<String> TABLE = types("aws_dynamodb_table");
  private static final List<String> REPLICA = types("aws_dynamodb_table_replica");
  private static final List<String> SECRET = types("aws_secretsmanager_secret");

  private static final Condition NO_SERVICE =
      new Condition("BoolIfExists", "aws:principalisawsservice", Set.of("false"));

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "table-not-encrypted",
              "tables are encrypted with the own Region's key",
              TABLE,
              Scope.ALWAYS,
              on("server_side_encryption.enabled")
                  .and(ownKey("server_side_encryption.kms_key_arn")),
              pci("3.5.1"),
              "with a key of one's own, reading takes two permissions, and both are logged",
              "encrypt with the Region's data key"),
          new Rule(
              "table-replica-not-encrypted",
              "replicas are encrypted with the own Region's key",
              REPLICA,
              Scope.ALWAYS,
              ownKey("kms_key_arn"),
              pci("3.5.1"),
              "the replica must be readable when the other Region is gone",
              "encrypt with the DR Region's data key"),
          new Rule(
              "table-point-in-time-recovery-off",
              "tables go back to any second",
              TABLE,
              Scope.ALWAYS,
              on("point_in_time_recovery.enabled"),
              pci("10.3.3").fsbp("DynamoDB.2"),
              "what a faulty program deletes is deleted in both Regions",
              "enable point-in-time recovery"),
          new Rule(
              "table-replica-point-in-time-recovery-off",
              "replicas go back to any second",
              REPLICA,
              Scope.ALWAYS,
              on("point_in_time_recovery"),
              pci("10.3.3").fsbp("DynamoDB.2"),
              "recovery must not need the Region that is gone",
              "enable point-in-time recovery"),
          new Rule(
              "table-deletable",
              "tables and replicas are not deleted by mistake",
              types("aws_dynamodb_table", "aws_dynamodb_table_replica"),
              Scope.KEPT_DATA,
              on("deletion_protection_enabled"),
              pci("10.3.3").fsbp("DynamoDB.6(k)"),
              "a table is gone in seconds",
              "protect it"),
          new Rule(
              "table-replica-inline",
              "replicas are resources of their own",
              TABLE,
              Scope.ALWAYS,
              none("replica"),
              pci("10.3.3").fsbp("DynamoDB.6(k)"),
              "a replica inside its table's block has no deletion protection",
              "write aws_dynamodb_table_replica"),
          new Rule(
              "secret-not-encrypted",
              "secrets are encrypted with the own Region's key",
              SECRET,
              Scope.ALWAYS,
              ownKey("kms_key_id"),
              pci("3.5.1", "8.3.2"),
              "with a key of one's own, reading takes two permissions, and both are logged",
              "encrypt with the Region's data key"),
          new Rule(
              "secret-in-one-region",
              "secrets are in both Regions, each under its key",
              SECRET,
              Scope.ALWAYS,
              replicas(),
              pci("3.5.1", "12.10.1(k)"),
              "a Region that cannot read its password does not take over",
              "replicate it with the other Region's data key"),
          new Rule(
              "secret-open-to-outsiders",
              "secrets refuse outsiders",
              SECRET,
              Scope.ALWAYS,
              part("aws_secretsmanager_secret_policy", "secret_arn", refusesOutsiders()),
              pci("7.2.1(k)", "8.6.3(k)"),
              "one grant to another account would give the database away",
              "deny everything when aws:PrincipalAccount is another"),
          new Rule(
              "secret-deleted-at-once",
              "deleted secrets can be brought back",
              SECRET,
              Scope.KEPT_DATA,
              between("recovery_window_in_days", 7, 30),
              pci("10.3.3"),
              "the database's administrator would be gone at once",
              "give it a recovery window"));

  private DataRules() {}

  private static Requirement replicas() {
    return new Requirement(
        "replica in another Region with kms_key_id of a key there",
        (secret, stack) -> {
          for (JsonNode replica : secret.at("replica")) {
            boolean keyThere =
                stack.named(replica.path("kms_key_id")).stream()
                    .anyMatch(key -> stack.region(key).equals(replica.path("region").asText()));
            boolean elsewhere = !replica.path("region").asText().equals(stack.region(secret));
            if (keyThere && elsewhere) {
              return faultIf(false, "");
            }
          }
          return faultIf(true, secret.describe("replica"));
        });
  }

  private static Requirement refusesOutsiders() {
    return on("block_public_policy")
        .and(
            new Requirement(
                "a policy that denies secretsmanager:* to everybody whose aws:PrincipalAccount is"
                    + " another, but for AWS's services, and under no other condition",
                (policy, stack) ->
                    faultIf(
                        !stack
                            .policy(policy, "policy")
                            .denies(
                                "secretsmanager:*",
                                new Condition(
                                    "StringNotEquals", "aws:principalaccount", stack.accounts()),
                                NO_SERVICE),
                        "a policy without such a statement")));
  }
}
