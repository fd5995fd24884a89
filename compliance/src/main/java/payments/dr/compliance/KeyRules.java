package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import payments.dr.compliance.PolicyText.Statement;

/** Keys. */
final class KeyRules {

  private static final List<String> KEYS = types("aws_kms_key", "aws_kms_replica_key");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "key-not-rotated",
              "keys rotate",
              types("aws_kms_key"),
              Scope.ALWAYS,
              on("enable_key_rotation").and(between("rotation_period_in_days", 90, 365)),
              pci("3.7.4").fsbp("KMS.4").cis("3.6"),
              "what a leaked key has encrypted is bounded only by its rotation",
              "let the key rotate"),
          new Rule(
              "key-deletion-window-short",
              "keys wait before they are deleted",
              KEYS,
              Scope.KEPT_DATA,
              between("deletion_window_in_days", 30, 30),
              pci("3.6.1", "3.7.5"),
              "a deleted key takes everything that it has encrypted along",
              "set encryption.deletionWindowDays to 30"),
          new Rule(
              "key-without-replica",
              "keys of several Regions have a replica",
              types("aws_kms_key"),
              Scope.ALWAYS,
              part("aws_kms_replica_key", "primary_key_arn", anything())
                  .only("of keys with multi_region true", (key, stack) -> key.isOn("multi_region")),
              pci("3.6.1"),
              "key material in more Regions than needed is more to guard",
              "replicate the key, or make it a key of one Region"),
          new Rule(
              "key-use-not-limited-to-services",
              "keys are used through services of the own account",
              KEYS,
              Scope.ALWAYS,
              statements(
                  "a policy whose statements for everybody are narrowed to the own account, and to"
                      + " services or one principal",
                  statement ->
                      statement.isForEverybody()
                          && !(statement.isNarrowedBy("kms:CallerAccount", "aws:PrincipalAccount")
                              && statement.isNarrowedBy("kms:ViaService", "aws:PrincipalArn"))),
              pci("3.6.1.2", "7.2.1(k)").fsbp("KMS.1(k)", "KMS.2(k)"),
              "a key that its account can use directly decrypts whatever else leaks",
              "add the conditions kms:CallerAccount and kms:ViaService"),
          new Rule(
              "key-grants-to-anybody",
              "grants of keys are for AWS's services",
              KEYS,
              Scope.ALWAYS,
              statements(
                  "a policy whose statements with kms:CreateGrant have the condition"
                      + " kms:GrantIsForAWSResource true, and whose principals of the own account use"
                      + " the key by aws:PrincipalArn or kms:ViaService",
                  KeyRules::opensKey),
              pci("3.6.1.2"),
              "a grant lets in whom no policy shows",
              "add the condition kms:GrantIsForAWSResource"),
          new Rule(
              "key-policy-allows-everything",
              "nobody may do everything with a key",
              KEYS,
              Scope.ALWAYS,
              statements(
                  "a policy that names each action",
                  statement -> statement.meaning().actions().stream().anyMatch(Wildcards::isOpen)),
              pci("3.6.1.2", "7.2.2(k)").fsbp("KMS.1(k)"),
              "kms:* joins administration and use, which are two people's work",
              "name the actions"),
          new Rule(
              "key-open-to-other-accounts",
              "services use a key for the own account only",
              KEYS,
              Scope.ALWAYS,
              statements(
                  "a policy whose statements for services have aws:SourceAccount, aws:SourceArn or"
                      + " an encryption context",
                  statement ->
                      statement.isForServices()
                          && !statement.isNarrowedBy(
                              "aws:SourceAccount",
                              "aws:SourceArn",
                              "kms:EncryptionContext:aws:logs:arn",
                              "kms:EncryptionContext:aws:sns:topicArn")),
              pci("3.6.1.2", "7.2.1(k)"),
              "a service works for everybody, and could be sent by another account",
              "add the condition aws:SourceAccount"));

  private KeyRules() {}

  private static Requirement anything() {
    return new Requirement("any settings", (resource, stack) -> Optional.empty());
  }

  private static boolean opensKey(Statement statement) {
    Set<String> actions = statement.meaning().actions();
    return actions.contains("kms:CreateGrant")
            && !statement.isNarrowedBy("kms:GrantIsForAWSResource")
        || actions.contains("kms:Decrypt")
            && statement.meaning().principals().stream().anyMatch(it -> it.startsWith("AWS:"))
            && !statement.isNarrowedBy("aws:PrincipalArn", "kms:ViaService");
  }

  /** A key without a policy of its own gets one from AWS that allows its account everything. */
  private static Requirement statements(String allowed, Predicate<Statement> wrong) {
    return new Requirement(
        allowed,
        (key, stack) -> {
          Stream<Statement> allowing = stack.policy(key, "policy").allowing();
          return faultIf(!key.has("policy"), key.describe("policy"))
              .or(
                  () ->
                      allowing
                          .filter(wrong)
                          .map(statement -> "statement " + statement.id())
                          .findFirst());
        });
  }
}
