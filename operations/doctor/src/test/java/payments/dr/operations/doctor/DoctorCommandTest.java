package payments.dr.operations.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.aws.StandInAws.Answer;
import payments.dr.operations.commandline.CommandLines;
import payments.dr.operations.console.Project;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.FakeAws;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeRegionsResponse;
import software.amazon.awssdk.services.ec2.model.Region;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.model.HeadBucketRequest;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** What the command prints and ends with, over an AWS that has just what one stack needs. */
class DoctorCommandTest {

  private final FakeAws aws =
      new FakeAws()
          .on(GetCallerIdentityRequest.class, caller("222222222222"))
          .on(DescribeRegionsRequest.class, regions("us-east-1", "us-east-2"))
          .on(HeadBucketRequest.class, HeadBucketResponse.builder().build())
          .on(GetRoleRequest.class, NoSuchEntityException.builder().build())
          .on("config:DescribeConfigurationRecorders", "{}")
          .on("config:DescribeDeliveryChannels", "{}")
          .on("guardduty:ListDetectors", "{}")
          .on("access-analyzer:ListAnalyzers", "{}")
          .refuses("securityhub:DescribeHub", "InvalidAccessException")
          .refuses("securityhub:ListFindingAggregators", "InvalidAccessException");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void ready_account_ends_with_0_and_one_line_a_check() {
    assertEquals(0, run("prod", "--before", "account-prod"));

    List<String> lines = out.toString().lines().toList();
    assertEquals(17, lines.size(), out::toString);
    assertTrue(
        lines.get(0).startsWith("ok              credentials           us-east-2   account 2222"),
        lines.get(0));
    assertEquals("16 ok, 0 attention, 0 fails, 0 not answerable", lines.get(16));
  }

  @Test
  void what_fails_ends_with_3_and_says_what_to_do() {
    aws.on(HeadBucketRequest.class, NoSuchBucketException.builder().build());

    assertEquals(3, run("prod", "--before", "account-prod"));

    assertTrue(
        out.toString()
            .contains(
                "fails           state of account-prod  us-east-2   bucket acme-state-account-prod"
                    + " must be there, got none; to do: make bootstrap ENV=prod"),
        out::toString);
  }

  @Test
  void another_account_is_asked_nothing_more() {
    aws.on(GetCallerIdentityRequest.class, caller("333333333333"));

    assertEquals(3, run("prod"));

    assertEquals(List.of("sts:GetCallerIdentity"), aws.actions());
    assertTrue(out.toString().startsWith("fails           credentials"), out::toString);
  }

  @Test
  void programs_get_json() throws IOException {
    aws.on(DescribeRegionsRequest.class, regions("us-east-1"));

    assertEquals(3, run("prod", "--before", "account-prod", "--format", "json"));

    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals("prod", json.path("environment").asText());
    assertEquals(3, json.path("exitCode").asInt());
    JsonNode dr = json.at("/checks/2");
    assertEquals("Region", dr.path("check").asText());
    assertEquals("us-east-2", dr.path("where").asText());
    assertEquals("fails", dr.path("result").asText());
    assertTrue(dr.path("found").asText().contains("got us-east-2"), dr::toString);
    assertTrue(dr.path("remediation").asText().contains("regions"), dr::toString);
  }

  @Test
  void account_without_baseline_and_state_elsewhere_needs_less() {
    aws.on(GetCallerIdentityRequest.class, caller("123456789012"));

    assertEquals(0, run("local", "--before", "account-local"));

    assertEquals(4, out.toString().lines().count(), out::toString);
  }

  @Test
  void witness_needs_its_region_and_is_asked_for_its_register() throws IOException {
    aws.on(GetCallerIdentityRequest.class, caller("123456789012"))
        .on(DescribeRegionsRequest.class, regions("us-east-1", "us-east-2"));

    assertEquals(3, run("local", "--before", "witness-local"));

    assertTrue(
        out.toString().contains("fails           Region                us-west-2   Region must be"),
        out::toString);
    out.getBuffer().setLength(0);
    assertEquals(0, run("local", "--policy"));
    assertTrue(
        out.toString()
            .contains("arn:aws:dynamodb:us-west-2:123456789012:table/witness-ledger-local"),
        out::toString);
  }

  @Test
  void policy_allows_what_all_checks_need_and_asks_nothing() throws IOException {
    assertEquals(0, run("prod", "--policy"));

    assertEquals(List.of(), aws.actions());
    JsonNode policy = new ObjectMapper().readTree(out.toString());
    Set<String> actions = new TreeSet<>();
    policy
        .path("Statement")
        .forEach(one -> one.path("Action").forEach(it -> actions.add(it.asText())));
    assertTrue(
        actions.containsAll(
            Set.of(
                "ec2:DescribeRegions",
                "iam:GetRole",
                "lambda:GetAccountSettings",
                "s3:ListBucket",
                "sns:ListSubscriptionsByTopic")),
        actions::toString);
    assertEquals(
        List.of("kms:Decrypt"),
        actions.stream().filter(it -> !it.matches("[a-z0-9-]+:(Get|List|Describe)\\w+")).toList());
    assertEquals(
        "{\"StringEquals\":{\"kms:ViaService\":\"s3.us-east-2.amazonaws.com\"}}",
        statement(policy, "kms:Decrypt").path("Condition").toString(),
        "the state is read, and nothing else decrypted");
    assertTrue(statement(policy, "iam:GetRole").path("Condition").isMissingNode());
    assertTrue(out.toString().contains("\"arn:aws:s3:::acme-state-prod\""), out::toString);
  }

  private static JsonNode statement(JsonNode policy, String action) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(one -> one.path("Action").toString().contains("\"" + action + "\""))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void policy_of_one_stack_is_smaller() {
    assertEquals(0, run("prod", "--policy", "--before", "account-prod"));

    assertFalse(out.toString().contains("sns:"), out::toString);
  }

  @Test
  void policy_allows_to_write_only_when_the_test_alarm_is_asked_for() throws IOException {
    assertEquals(0, run("prod", "--policy", "--test-alarm"));

    assertEquals(List.of(), aws.actions());
    Set<String> resources = new TreeSet<>();
    for (JsonNode statement : new ObjectMapper().readTree(out.toString()).path("Statement")) {
      for (JsonNode action : statement.path("Action")) {
        if (!action.asText().matches("[a-z0-9-]+:(Get|List|Describe|Decrypt)\\w*")) {
          resources.add(action.asText() + " " + statement.path("Resource").asText());
        }
      }
    }
    assertEquals(
        Set.of(
            "cloudwatch:SetAlarmState"
                + " arn:aws:cloudwatch:us-east-1:222222222222:alarm:primary-test-alarm-prod",
            "cloudwatch:SetAlarmState"
                + " arn:aws:cloudwatch:us-east-2:222222222222:alarm:dr-test-alarm-prod"),
        resources);
  }

  @Test
  void test_alarm_is_of_what_is_deployed() {
    assertEquals(1, run("prod", "--test-alarm", "--before", "account-prod"));

    assertEquals(
        "dr: --test-alarm must come without --before: it tries what is deployed\n", err.toString());
    assertEquals(List.of(), aws.actions());
  }

  @Test
  void stack_that_does_not_come_with_the_environment_is_refused() {
    assertEquals(1, run("prod", "--before", "payments-dr-dev"));

    assertEquals(
        "dr: --before must be one of account-prod, payments-dr-prod, got \"payments-dr-dev\"\n",
        err.toString());
  }

  @Test
  void whoever_is_not_signed_in_is_told_so() {
    try (StandInAws standIn =
        StandInAws.start()
            .on("us-east-2/sts", Answer.xmlFault(403, "ExpiredToken", "it is expired"))) {
      AwsAccess access = AwsAccess.local(standIn.endpoint(), List.of("us-east-1", "us-east-2"));

      assertEquals(2, run(new SdkClients(access), "prod"));
    }

    assertTrue(err.toString().startsWith("dr: not signed in: "), err::toString);
    assertEquals("", out.toString());
  }

  /** The DR Region is switched off: its STS knows no keys of this account. */
  @Test
  void region_that_knows_no_keys_is_told_and_the_other_says_who_calls() {
    try (StandInAws standIn =
        StandInAws.start()
            .on("us-east-2/sts", Answer.xmlFault(403, "InvalidClientTokenId", "it is unknown"))
            .on("us-east-1/sts", identity("333333333333"))) {
      AwsAccess access = AwsAccess.local(standIn.endpoint(), List.of("us-east-1", "us-east-2"));

      assertEquals(3, run(new SdkClients(access), "prod"));
    }

    List<String> lines = out.toString().lines().toList();
    assertTrue(
        lines.get(0).startsWith("not answerable  credentials           us-east-2"),
        lines::toString);
    assertTrue(lines.get(0).contains("switch that Region on"), lines::toString);
    assertTrue(
        lines.get(1).startsWith("fails           credentials           us-east-1"),
        lines::toString);
  }

  @Test
  void nobody_who_says_who_calls_ends_with_2() {
    try (StandInAws standIn =
        StandInAws.start()
            .on("us-east-2/sts", Answer.xmlFault(403, "InvalidClientTokenId", "it is unknown"))
            .on("us-east-1/sts", Answer.xmlFault(403, "InvalidClientTokenId", "it is unknown"))) {
      AwsAccess access = AwsAccess.local(standIn.endpoint(), List.of("us-east-1", "us-east-2"));

      assertEquals(2, run(new SdkClients(access), "prod", "--format", "json"));
    }

    assertTrue(out.toString().contains("\"exitCode\" : 2"), out::toString);
  }

  private static Answer identity(String account) {
    return Answer.of(
        200,
        "text/xml",
        ("<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::%1$s:user/alice</Arn>"
                + "<Account>%1$s</Account></GetCallerIdentityResult></GetCallerIdentityResponse>")
            .formatted(account));
  }

  private int run(String... arguments) {
    return run(aws, arguments);
  }

  private int run(Clients clients, String... arguments) {
    CommandLine line =
        CommandLines.configure(
            new CommandLine(
                new DoctorCommand(
                    project(), (project, environment) -> clients, domain -> Set.of())));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private static Project project() {
    return new Project(ProjectCopy.PROJECT);
  }

  private static GetCallerIdentityResponse caller(String account) {
    return GetCallerIdentityResponse.builder()
        .account(account)
        .arn("arn:aws:iam::" + account + ":user/alice")
        .build();
  }

  private static DescribeRegionsResponse regions(String... names) {
    return DescribeRegionsResponse.builder()
        .regions(
            Stream.of(names)
                .map(
                    name ->
                        Region.builder()
                            .regionName(name)
                            .optInStatus("opt-in-not-required")
                            .build())
                .toList())
        .build();
  }
}
