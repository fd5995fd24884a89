package payments.dr.operations.review.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.operations.review.TestPlan;

/**
 * Policies before and after, in short: {@code A principal actions resources conditions}, where A
 * allows and D denies, and a principal {@code -} is that of a role's own policy.
 */
class PoliciesTest {

  private static final Map<String, String> OPERATORS =
      Map.of("aws:SecureTransport", "Bool", "s3:TlsVersion", "NumericLessThan");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        // The same in other words
        "A - s3:GetObject,s3:PutObject arn:b | A - s3:PutObject,s3:GetObject arn:b | ''",
        "A - s3:GetObject,s3:PutObject arn:b | A - s3:GetObject arn:b; A - s3:PutObject arn:b | ''",
        "A - s3:getobject arn:b | A - s3:GetObject arn:b | ''",
        "A 111111111111 s3:GetObject arn:b | A arn:aws:iam::111111111111:root s3:GetObject arn:b | ''",
        "A - s3:GetObject arn:b/*; A - s3:GetObject arn:b/x | A - s3:GetObject arn:b/* | ''",
        // Stronger
        "D * backup:DeleteRecoveryPoint * | D * backup:DeleteRecoveryPoint,backup:DeleteBackupVault * | ''",
        "A - s3:GetObject arn:b | A - s3:GetObject arn:b; D - s3:DeleteObject arn:b | ''",
        // Less
        "A - rds:A,rds:B arn:b | A - rds:A arn:b | permission-lost",
        "A - s3:GetObject arn:b/* | A - s3:GetObject arn:b/x | permission-lost",
        "A - s3:GetObject arn:b | A - s3:GetObject arn:b k=1 | permission-lost",
        "A - s3:GetObject arn:b k=1,2 | A - s3:GetObject arn:b k=1 | permission-lost",
        // More, for those who may something already
        "A - s3:GetObject arn:b | A - s3:GetObject,s3:PutObject arn:b | permission-gained",
        "A - s3:GetObject arn:b/x | A - s3:GetObject arn:b/* | permission-gained",
        "A - s3:GetObject arn:b k=1 | A - s3:GetObject arn:b k=1,2 | permission-gained",
        "A - s3:GetObject arn:b k=1 | A - s3:GetObject arn:b | permission-gained",
        // Everything
        "A - s3:GetObject arn:b | A - s3:* arn:b | permission-gained wildcard-permission",
        "A - s3:HeadObject arn:b | A - s3:HeadObject arn:b; A - s3:Get*,s3:Put* arn:b |"
            + " permission-gained wildcard-permission",
        "A - s3:GetObject arn:b | A - s3:GetObject arn:b,arn:aws:s3:::* |"
            + " permission-gained wildcard-permission",
        "A - s3:GetObject arn:b | A - s3:GetObject arn:b,arn:aws:rds:us-east-1:1:cluster:* |"
            + " permission-gained wildcard-permission",
        // Somebody else
        "A 111111111111 kms:Decrypt * | A 111111111111,999999999999 kms:Decrypt * |"
            + " permission-gained principal-widened",
        "A 111111111111 kms:Decrypt * k=1 | A 111111111111 kms:Decrypt * |"
            + " permission-gained principal-widened",
        "A * kms:Decrypt * kms:CallerAccount=1 | A * kms:Decrypt * kms:ViaService=1 |"
            + " permission-gained permission-lost principal-widened",
        "A * kms:Decrypt * kms:CallerAccount=1;"
            + " | A * kms:Decrypt,kms:Encrypt * kms:CallerAccount=1 | permission-gained",
        "A 111111111111 kms:Decrypt * | A 111111111111,* kms:Decrypt * |"
            + " permission-gained principal-widened public-policy",
        "A 111111111111 kms:PutKeyPolicy,kms:Decrypt * | A 111111111111 kms:Decrypt * |"
            + " administrators-lost permission-lost",
        // No longer kept out
        "D * s3:A,s3:B * | D * s3:A * | deny-removed",
        "D * s3:A * | D * s3:A * k=1 | deny-removed"
      })
  void change_of_a_policy_is_compared_by_what_it_permits(
      String before, String after, String rules) {
    Set<String> expected =
        Arrays.stream(rules.split(" ")).filter(it -> !it.isEmpty()).collect(Collectors.toSet());

    assertEquals(expected, found(plan(before, after)));
  }

  /** It strengthens, unless it keeps a program from its work. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "A * kms:Decrypt * k=1 | D * kms:ScheduleKeyDeletion * | true",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * aws:SecureTransport=false | true",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * aws:SecureTransport=true | false",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * aws:SecureTransport=false,true | false",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * s3:TlsVersion=1.2 | true",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * s3:TlsVersion=1.3 | false",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * s3:TlsVersion=9 | false",
        "A * kms:Decrypt * k=1 | D * kms:Decrypt * | false",
        "A - rds:A arn:b | D - rds:DeleteDBCluster arn:b | false"
      })
  void more_is_denied(String allowed, String denied, boolean harmless) {
    Subject subject =
        new Subject(
            plan(allowed, allowed + "; " + denied).read(),
            false,
            Optional.empty(),
            generation -> Optional.empty());

    assertEquals(
        harmless,
        PlanRules.OTHERWISE.stream().noneMatch(rule -> rule.check().in(subject).count() > 0));
  }

  /** JSON may begin with white space, and AWS takes it. */
  @Test
  void white_space_hides_no_permission() {
    assertEquals(
        Set.of("permission-gained", "wildcard-permission"),
        found(plan("A - s3:A arn:b", "A - s3:A,s3:* arn:b", "\\n ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "nonsense"})
  void block_that_cannot_be_read_is_not_nothing(String unreadable) {
    Subject subject =
        new Subject(
            TestPlan.ofProd()
                .with(
                    "aws_iam_role.dr_fleet_role_1A2B3C4D",
                    "{'actions': ['update'], 'before': {'inline_policy': []},"
                        + " 'after': {'inline_policy': [{'policy': '%s'}]}}".formatted(unreadable))
                .read(),
            false,
            Optional.empty(),
            generation -> Optional.empty());

    assertEquals(
        List.of("access-changed"),
        PlanRules.OTHERWISE.stream()
            .filter(rule -> rule.check().in(subject).count() > 0)
            .map(PlanRule::id)
            .toList());
  }

  @Test
  void policy_that_is_sensitive_is_not_told() {
    String document =
        plan("A - s3:secret1 arn:b", "A - s3:secret2 arn:b")
            .json()
            .replace("\"after\":", "\"after_sensitive\":{\"policy\":true},\"after\":");
    Subject subject =
        new Subject(
            TestPlan.read(document), false, Optional.empty(), generation -> Optional.empty());

    assertEquals(
        List.of("gains (sensitive)", "loses (sensitive)"),
        Stream.of("permission-gained", "permission-lost")
            .flatMap(id -> PlanRules.ALL.stream().filter(rule -> rule.id().equals(id)))
            .flatMap(rule -> rule.check().in(subject))
            .map(Objection::found)
            .toList());
  }

  @Test
  void another_account_may_nothing_in_a_new_policy_either() {
    String created = "{'actions': ['create'], 'before': null, 'after': {'policy': '%s'}}";

    assertEquals(
        Set.of("principal-widened"),
        found(
            TestPlan.ofProd()
                .ofAccount("222222222222")
                .with(
                    "aws_sqs_queue_policy.dr_x_y_1A2B3C4D",
                    created.formatted(policy("A 999999999999 sqs:SendMessage arn:q")))));
    // AWS's own accounts deliver the logs of our load balancers.
    assertEquals(
        Set.of(),
        found(
            TestPlan.ofProd()
                .ofAccount("222222222222")
                .with(
                    "aws_s3_bucket_policy.dr_x_y_1A2B3C4D",
                    created.formatted(
                        policy(
                            "A 127311923021 s3:PutObject"
                                + " arn:aws:s3:::b/alb/AWSLogs/222222222222/*")))));
  }

  @ParameterizedTest
  @CsvSource({
    "events.amazonaws.com, 999999999999, true",
    "events.amazonaws.com, scheduler.amazonaws.com, true",
    "events.amazonaws.com, events.amazonaws.com, false"
  })
  void permission_of_a_function_is_a_policy_too(String before, String after, boolean refused) {
    String permission = "{'principal': '%s', 'action': 'lambda:InvokeFunction'}";

    assertEquals(
        refused,
        found(
                TestPlan.ofProd()
                    .with(
                        "aws_lambda_permission.dr_x_y_1A2B3C4D",
                        "{'actions': ['delete', 'create'], 'before': %s, 'after': %s}"
                            .formatted(permission.formatted(before), permission.formatted(after))))
            .contains("principal-widened"));
  }

  private static TestPlan plan(String before, String after) {
    return plan(before, after, "");
  }

  private static TestPlan plan(String before, String after, String whiteSpace) {
    String type = before.split(" ")[1].equals("-") ? "aws_iam_role_policy" : "aws_kms_key";
    return TestPlan.ofProd()
        .with(
            type + ".dr_thing_x_1A2B3C4D",
            "{'actions': ['update'], 'before': {'policy': '%s'}, 'after': {'policy': '%s'}}"
                .formatted(policy(before), whiteSpace + policy(after)));
  }

  private static String policy(String statements) {
    return ("{'Statement': ["
            + Arrays.stream(statements.split(";"))
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .map(PoliciesTest::statement)
                .collect(Collectors.joining(","))
            + "]}")
        .replace("'", "\\\"");
  }

  private static String statement(String words) {
    String[] parts = words.split(" ");
    String principal =
        parts[1].equals("-") ? "" : ", 'Principal': {'AWS': %s}".formatted(list(parts[1]));
    String condition = "";
    if (parts.length > 4) {
      String[] keyAndValues = parts[4].split("=");
      condition =
          ", 'Condition': {'%s': {'%s': %s}}"
              .formatted(
                  OPERATORS.getOrDefault(keyAndValues[0], "StringEquals"),
                  keyAndValues[0],
                  list(keyAndValues[1]));
    }
    return "{'Effect': '%s', 'Action': %s, 'Resource': %s%s%s}"
        .formatted(
            parts[0].equals("A") ? "Allow" : "Deny",
            list(parts[2]),
            list(parts[3]),
            principal,
            condition);
  }

  private static String list(String elements) {
    return Arrays.stream(elements.split(","))
        .map(it -> "'" + it + "'")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static Set<String> found(TestPlan plan) {
    Subject subject =
        new Subject(plan.read(), false, Optional.empty(), generation -> Optional.empty());
    Set<String> ids = new TreeSet<>();
    PlanRules.ALL.forEach(rule -> rule.check().in(subject).forEach(it -> ids.add(rule.id())));
    return ids;
  }
}
