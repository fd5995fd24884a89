package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.main.iam.AttachedPolicy;
import payments.dr.main.iam.Trust;
import payments.dr.main.iam.Wildcards;
import payments.dr.modules.testing.SynthesizedStack;

/** Rules that every policy document of every stack keeps; what they add up to, IamSimulationIT. */
class PoliciesTest {

  /** AWS's own policies in use; what they allow AWS alone decides. */
  private static final Set<String> MANAGED =
      Set.of(
          // Sessions on instances without a key or an open port.
          "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
          // Backup and Enhanced Monitoring need what changes with each kind of resource.
          "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
          "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores",
          "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole");

  /** Of IAM; no users, no groups, no policies that several roles share. */
  private static final Set<String> KINDS =
      Set.of(
          "aws_iam_instance_profile",
          "aws_iam_role",
          "aws_iam_role_policy",
          "aws_iam_role_policy_attachment",
          // Of AWS Config, which takes no other; AWS alone decides what it may.
          "aws_iam_service_linked_role");

  private static final Map<String, List<AttachedPolicy>> POLICIES = new HashMap<>();

  static Stream<String> stacks() {
    return SynthesizedStacks.names()
        .filter(name -> !AttachedPolicy.in(SynthesizedStacks.get(name)).isEmpty());
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nothing_is_allowed_that_is_not_named(String stack) {
    assertEquals(List.of(), faults(stack, Wildcards::unlisted));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nothing_is_allowed_by_what_is_left_out(String stack) {
    assertEquals(List.of(), faults(stack, PoliciesTest::negations));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void nobody_is_let_in_who_is_not_named(String stack) {
    String account = account(stack);
    assertEquals(
        List.of(), faults(stack, (policy, statement) -> Trust.faults(policy, statement, account)));
  }

  @ParameterizedTest
  @MethodSource("stacks")
  void only_roles_are_given_permissions_each_its_own(String stack) {
    Set<String> others = new TreeSet<>();
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);
    synthesized.resources().keySet().stream()
        .filter(address -> address.startsWith("aws_iam_"))
        .filter(address -> !KINDS.contains(address.substring(0, address.indexOf('.'))))
        .forEach(others::add);
    synthesized.resources("aws_iam_role_policy_attachment").values().stream()
        .map(attachment -> attachment.path("policy_arn").asText())
        .filter(arn -> !MANAGED.contains(arn))
        .forEach(others::add);

    assertEquals(Set.of(), others);
  }

  @Test
  void every_listed_wildcard_is_in_use() {
    Set<String> unused = new TreeSet<>(Wildcards.reasons());
    stacks().forEach(name -> unused.removeAll(Wildcards.used(policies(name))));

    assertEquals(Set.of(), unused);
  }

  /** Each a fault that the rules above must find. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          aws_iam_role_policy  | {'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b'}
          aws_iam_role_policy  | {'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}
          aws_iam_role_policy  | {'Effect':'Allow','Action':['xray:PutTraceSegments'],'Resource':'*'}
          aws_iam_role_policy  | {'Effect':'Allow','Action':'rds:DescribeGlobalClusters','Resource':'arn:aws:rds::1:global-cluster:*'}
          aws_iam_role_policy  | {'Effect':'Allow','NotAction':'iam:*','Resource':'arn:aws:s3:::b'}
          aws_iam_role_policy  | {'Effect':'Allow','Action':'s3:GetObject','NotResource':'arn:aws:s3:::b'}
          aws_iam_role         | {'Effect':'Allow','Principal':{'Service':'lambda.amazonaws.com'},'Action':'sts:AssumeRole'}
          aws_iam_role         | {'Effect':'Allow','Principal':{'AWS':'*'},'Action':'sts:AssumeRole'}
          aws_iam_role         | {'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::9:root'},'Action':'sts:AssumeRole'}
          aws_s3_bucket_policy | {'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'}
          aws_s3_bucket_policy | {'Effect':'Allow','NotPrincipal':{'AWS':'arn:aws:iam::1:root'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::b/k'}
          aws_sns_topic_policy | {'Effect':'Allow','Principal':{'Service':'s3.amazonaws.com'},'Action':'sns:Publish','Resource':'t'}
          aws_kms_key          | {'Effect':'Allow','Principal':{'AWS':'arn:aws:iam::1:root'},'Action':'kms:Decrypt*','Resource':'k'}
          """)
  void a_fault_is_found(String type, String statement) {
    JsonNode body = SynthesizedStack.parse(statement.replace('\'', '"')).json();
    AttachedPolicy policy = new AttachedPolicy(type + ".seeded", body);
    List<String> found = new ArrayList<>(Wildcards.unlisted(policy, body));
    found.addAll(negations(policy, body));
    found.addAll(Trust.faults(policy, body, "1"));

    assertEquals(1, found.size(), found::toString);
  }

  private static List<String> negations(AttachedPolicy policy, JsonNode statement) {
    return Stream.of("NotAction", "NotResource", "NotPrincipal")
        .filter(statement::has)
        .filter(negation -> !statement.path("Effect").asText().equals("Deny"))
        .map(negation -> policy.address() + " allows by " + negation)
        .toList();
  }

  private static List<String> faults(
      String stack, BiFunction<AttachedPolicy, JsonNode, List<String>> rule) {
    return policies(stack).stream()
        .flatMap(
            policy ->
                policy.statements().stream()
                    .flatMap(statement -> rule.apply(policy, statement).stream()))
        .toList();
  }

  private static List<AttachedPolicy> policies(String stack) {
    return POLICIES.computeIfAbsent(
        stack, name -> AttachedPolicy.resolvedIn(SynthesizedStacks.get(name)));
  }

  private static String account(String stack) {
    return SynthesizedStacks.get(stack).json().at("/provider/aws/0/allowed_account_ids/0").asText();
  }
}
