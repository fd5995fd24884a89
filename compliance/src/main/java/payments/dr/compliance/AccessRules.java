package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.none;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.compliance.PolicyText.Statement;

/** Who may do what, whichever resource says so. */
final class AccessRules {

  private static final List<String> EVERY_TYPE = List.of();

  /** Everything, or what says who may do what. */
  private static final Pattern IGNORED = Pattern.compile("^all$|policy|ingress|egress|public");

  /** AWS's own policies in use; what they allow AWS alone decides. */
  private static final Set<String> MANAGED =
      Set.of(
          // Sessions on instances without a key or an open port.
          "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
          // Backup and Enhanced Monitoring need what changes with each kind of resource.
          "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
          "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
          "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "resource-type-unknown",
              "somebody has thought about each kind of resource",
              EVERY_TYPE,
              Scope.ALWAYS,
              new Requirement(
                  "a type that a rule looks at, or that is known to open nothing; no data source and"
                      + " no module",
                  ClassedTypes::fault),
              pci("7.2.1(k)", "1.3.1")
                  .fsbp("IAM.2", "Lambda.1")
                  .cis("1.10", "1.12", "1.13", "1.14"),
              "what no rule looks at passes every rule",
              "use a type that is known, or class this one and write its rules"),
          new Rule(
              "resource-not-written-out",
              "resources stand as they are written",
              EVERY_TYPE,
              Scope.ALWAYS,
              none("connection", "count", "dynamic", "for_each", "provisioner")
                  .and(
                      new Requirement(
                          "lifecycle.ignore_changes of neither all nor policies",
                          (resource, stack) ->
                              faultIf(
                                  IGNORED.matcher(resource.text("lifecycle.ignore_changes")).find(),
                                  resource.describe("lifecycle.ignore_changes")))),
              pci("1.3.1(k)", "7.2.1(k)"),
              "a rule judges what is written: a count of 0 makes nothing of it, and a provisioner"
                  + " runs a program",
              "write each resource out, without provisioners"),
          new Rule(
              "policy-unreadable",
              "policies can be read before they are applied",
              EVERY_TYPE,
              Scope.ALWAYS,
              eachPolicy(
                  "a policy as JSON of Version 2012-10-17, whose statements say Effect and Action",
                  AccessRules::unreadable),
              pci("7.2.1(k)"),
              "what nobody can read nobody has judged",
              "write the policy's text; no data source and no reference to a whole policy"),
          new Rule(
              "policy-allows-unnamed",
              "policies name what they allow",
              EVERY_TYPE,
              Scope.ALWAYS,
              eachStatement(
                  "actions and resources by name, no NotAction and no NotResource; wildcards for"
                      + " objects of one folder, streams of one log group, and resources of a call"
                      + " that knows none",
                  Wildcards::fault),
              pci("7.2.2(k)").fsbp("IAM.1", "IAM.21", "KMS.1", "KMS.2").cis("1.15"),
              "a wildcard allows what is invented tomorrow, too",
              "name each action and each resource"),
          new Rule(
              "policy-lets-strangers-in",
              "policies let in the own account only",
              EVERY_TYPE,
              Scope.ALWAYS,
              eachStatement(
                  "principals of the accounts in allowed_account_ids; services bound to them by"
                      + " aws:SourceAccount or aws:SourceArn, everybody by aws:PrincipalAccount; no"
                      + " NotPrincipal, no identity provider",
                  Trust::fault),
              pci("7.2.1(k)", "1.3.1").fsbp("KMS.5", "Lambda.1", "S3.6", "SNS.4", "SQS.3"),
              "a stranger who is let in needs no stolen password",
              "name a principal of the own account, or add the condition"),
          new Rule(
              "role-may-raise-itself",
              "no role gives permissions",
              EVERY_TYPE,
              Scope.ALWAYS,
              eachStatement(
                  "no action that changes roles, policies, keys' grants or a function's code;"
                      + " iam:PassRole with the role's ARN and iam:PassedToService",
                  Escalation::fault),
              pci("7.2.2(k)"),
              "who may change a role has all that the role can be given",
              "leave such changes to the pipeline"),
          new Rule(
              "role-shares-policy",
              "a role's permissions stand beside it",
              Rule.types("aws_iam_role_policy_attachment", "aws_iam_role"),
              Scope.ALWAYS,
              ownPolicies(),
              pci("7.2.1(k)").cis("1.15", "1.21"),
              "a policy that is managed elsewhere changes without a plan",
              "write aws_iam_role_policy"));

  private AccessRules() {}

  private static Requirement eachPolicy(
      String allowed, BiFunction<Resource, Resources, Stream<String>> faults) {
    return new Requirement(
        allowed,
        (resource, stack) -> !stack.policies(resource).isEmpty(),
        (resource, stack) -> faults.apply(resource, stack).findFirst());
  }

  private static Stream<String> unreadable(Resource resource, Resources stack) {
    return stack.policies(resource).stream()
        .flatMap(
            policy -> policy.unreadable().map(fault -> policy.attribute() + ": " + fault).stream());
  }

  /** What a statement that allows something must not say. */
  @FunctionalInterface
  private interface Suspicion {

    Optional<String> fault(Resource holder, Statement statement, Set<String> accounts);
  }

  private static Requirement eachStatement(String allowed, Suspicion suspicion) {
    return eachPolicy(
        allowed,
        (resource, stack) ->
            stack.policies(resource).stream()
                .flatMap(PolicyText::allowing)
                .flatMap(
                    statement ->
                        suspicion.fault(resource, statement, stack.accounts()).stream()
                            .map(fault -> "statement " + statement.id() + ": " + fault)));
  }

  private static Requirement ownPolicies() {
    Requirement none = none("managed_policy_arns", "permissions_boundary");
    return new Requirement(
        none.allowed()
            + "; policy_arn of an aws_iam_policy of the stack, or of "
            + MANAGED.stream().sorted().toList(),
        (resource, stack) ->
            Stream.of(resource)
                .filter(it -> it.type().equals("aws_iam_role_policy_attachment"))
                .filter(it -> !MANAGED.contains(it.text("policy_arn")))
                .filter(
                    it ->
                        stack
                            .named(it, "policy_arn")
                            .filter(policy -> policy.type().equals("aws_iam_policy"))
                            .isEmpty())
                .map(it -> it.describe("policy_arn"))
                .findFirst()
                .or(() -> none.check().fault(resource, stack)));
  }
}
