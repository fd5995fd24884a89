package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.operations.aws.LocalAws;
import payments.dr.operations.ledger.LedgerTable;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** {@code ./dr doctor} by its launcher: an empty local AWS, then one with what checks look for. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";

  @TempDir private static Path home;
  @TempDir private static Path checkout;

  private static LocalAws aws;
  private static Shell shell;

  @BeforeAll
  static void start() throws IOException {
    aws = LocalAws.start(home);
    shell = ProjectCopy.builtInto(checkout).shell().with("AWS_ENDPOINT_URL", aws.endpoint());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  @Order(1)
  void empty_account_is_ready_and_not_deployed() {
    String out = shell.sh(LIMIT, "./dr doctor local").expect(0).out();

    assertLine(out, "ok +credentials +us-east-2 +account 123456789012 as arn:aws:.*");
    for (String region : new String[] {PRIMARY, DR}) {
      assertLine(out, "ok +Region +" + region + " +opt-in-not-required");
      assertLine(out, "ok +zones +" + region + " +" + region + "a is use\\d-az\\d, .*");
      assertLine(out, "ok +instance type +" + region + " +t3.medium in .*");
      assertLine(
          out, "ok +instance quota +" + region + " +0 of 64 standard vCPUs in use, 12 needed");
      assertLine(out, "ok +machine image +" + region + " +ami-[0-9a-f]+ by .*");
      assertLine(
          out, "ok +database v2 +" + region + " +Aurora PostgreSQL 17.7 on db.r6g.large in .*");
      assertLine(out, "ok +elastic addresses +" + region + " +0 of 5 .*, 3 needed");
      assertLine(out, "ok +VPCs +" + region + " +1 of 5 VPCs in use, 1 needed");
      assertLine(out, "ok +AWS Backup +" + region + " +on for Aurora and DynamoDB");
      assertLine(out, "ok +load balancers +" + region + " +0 of 20 .*, 1 needed");
      assertLine(
          out, "ok +Lambda concurrency +" + region + " +1000 of 1000 unreserved, 4 to reserve");
      assertLine(out, "ok +Lambda code storage +" + region + " +0 of 76800 MiB in use");
      assertLine(
          out, "ok +database quotas +" + region + " +0 of 40 .*, 1 needed; 0 of 40 .*, 2 needed");
    }
    assertLine(out, "attention +hosted zone +global +none of payments-local.example.com yet.*");
    assertLine(out, "attention +deployment +us-east-2 +payments-dr-local is not deployed.*");
  }

  @Test
  @Order(2)
  void what_is_wrong_is_found_in_its_region() throws IOException {
    try (Ec2Client ec2 = aws.access().client(Ec2Client.builder().region(Region.of(DR)));
        DynamoDbClient ledger = LedgerTable.client(aws.access());
        SnsClient primary = aws.access().client(SnsClient.builder().region(Region.of(PRIMARY)));
        SnsClient dr = aws.access().client(SnsClient.builder().region(Region.of(DR)))) {
      for (int address = 0; address < 3; address++) {
        ec2.allocateAddress(request -> request.domain("vpc"));
      }
      LedgerTable.create(ledger, "dr-ledger-local");
      subscribed(primary, "primary-alerts-local");
      vault(PRIMARY, "primary-backup-vault-local");
      dr.createTopic(request -> request.name("dr-alerts-local"));
    }

    JsonNode checks =
        new ObjectMapper()
            .readTree(shell.sh(LIMIT, "./dr doctor local --format json").expect(3).out())
            .path("checks");

    assertEquals("ok", result(checks, "elastic addresses", PRIMARY));
    assertEquals("fails", result(checks, "elastic addresses", DR));
    assertEquals("ok", result(checks, "deployment", DR));
    assertEquals("ok", result(checks, "alert subscriptions", PRIMARY));
    assertEquals("fails", result(checks, "alert subscriptions", DR));
    assertEquals("fails", result(checks, "failover function", PRIMARY));
    assertEquals("attention", result(checks, "recovery points", PRIMARY));
    assertEquals("fails", result(checks, "recovery points", DR));
    assertEquals("fails", result(checks, "alarms", DR));
    assertEquals("fails", result(checks, "engine versions v2", DR));
    assertEquals("fails", result(checks, "secret v2", DR));
    assertEquals("attention", result(checks, "last drill", "global"));
  }

  /** The key of the DR Region's topic is AWS's own, whose policy lets no alarm in. */
  @Test
  @Order(3)
  void test_alarm_finds_the_topic_that_alarms_do_not_reach() {
    try (SnsClient sns = aws.access().client(SnsClient.builder().region(Region.of(DR)))) {
      String topic = topic(DR, "dr-alerts-local");
      sns.setTopicAttributes(
          request ->
              request
                  .topicArn(topic)
                  .attributeName("KmsMasterKeyId")
                  .attributeValue("alias/aws/sns"));
    }
    testAlarm(PRIMARY, "primary", topic(PRIMARY, "primary-alerts-local"));
    testAlarm(DR, "dr", topic(DR, "dr-alerts-local"));

    String out = shell.sh(LIMIT, "./dr doctor local --test-alarm").expect(3).out();

    assertLine(out, "ok +test alarm +us-east-1 +the topic took a message at .*");
    assertLine(
        out,
        "fails +test alarm +us-east-2 .*does not have authorization to access the SNS topic.*");
    assertEquals("INSUFFICIENT_DATA", state(PRIMARY, "primary"));
    assertEquals("INSUFFICIENT_DATA", state(DR, "dr"));
  }

  @Test
  @Order(4)
  void test_alarm_is_set_back_by_a_command_that_is_interrupted() throws Exception {
    testAlarm(DR, "dr"); // notifies nobody: its action is waited for
    ProcessBuilder command =
        new ProcessBuilder("./dr", "doctor", "local", "--test-alarm")
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("interrupted").toFile());
    command.environment().put("AWS_ENDPOINT_URL", aws.endpoint());
    Process process = command.start();
    try {
      Instant limit = Instant.now().plus(LIMIT);
      while (!state(DR, "dr").equals("OK")) {
        assertTrue(process.isAlive() && Instant.now().isBefore(limit), "the alarm must be set");
        Thread.sleep(50);
      }

      process.descendants().forEach(ProcessHandle::destroy);

      assertTrue(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS));
      assertEquals("INSUFFICIENT_DATA", state(DR, "dr"));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  @Order(5)
  void dark_region_is_told_and_the_other_is_asked() {
    aws.shell().sh(LIMIT, "emulator/local-aws fault " + PRIMARY + " region-lost").expect(0);

    String out = shell.sh(LIMIT, "./dr doctor local --before payments-dr-local").expect(3).out();

    assertLine(out, "not answerable +zones +us-east-1 +got no answer to .*AWS Health.*");
    assertLine(out, "ok +zones +us-east-2 .*");
  }

  /** By the AWS CLI: nothing here has a client of AWS Backup. */
  private static void vault(String region, String name) {
    aws.shell()
        .with("AWS_ACCESS_KEY_ID", "local")
        .with("AWS_SECRET_ACCESS_KEY", "local")
        .sh(
            LIMIT,
            "aws --region %s --endpoint-url %s backup create-backup-vault --backup-vault-name %s"
                .formatted(region, aws.endpoint(), name))
        .expect(0);
  }

  /** As {@code modules.monitoring} makes it, without data. */
  private static void testAlarm(String region, String role, String... topics) {
    try (CloudWatchClient cloudWatch = cloudWatch(region)) {
      String name = role + "-test-alarm-local";
      cloudWatch.putMetricAlarm(
          request ->
              request
                  .alarmName(name)
                  .namespace("PaymentsDr")
                  .metricName("NeverPublished")
                  .statistic(Statistic.SUM)
                  .period(60)
                  .evaluationPeriods(3)
                  .threshold(0.0)
                  .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                  .okActions(topics));
      cloudWatch.setAlarmState(
          request ->
              request
                  .alarmName(name)
                  .stateValue(StateValue.INSUFFICIENT_DATA)
                  .stateReason("no data"));
    }
  }

  private static String state(String region, String role) {
    try (CloudWatchClient cloudWatch = cloudWatch(region)) {
      return cloudWatch
          .describeAlarms(request -> request.alarmNames(role + "-test-alarm-local"))
          .metricAlarms()
          .get(0)
          .stateValueAsString();
    }
  }

  private static CloudWatchClient cloudWatch(String region) {
    return aws.access().client(CloudWatchClient.builder().region(Region.of(region)));
  }

  private static String topic(String region, String name) {
    return "arn:aws:sns:%s:123456789012:%s".formatted(region, name);
  }

  private static void subscribed(SnsClient sns, String name) {
    String topic = sns.createTopic(request -> request.name(name)).topicArn();
    sns.subscribe(
        request -> request.topicArn(topic).protocol("email").endpoint("oncall@example.com"));
  }

  private static String result(JsonNode checks, String check, String where) {
    for (JsonNode one : checks) {
      if (one.path("check").asText().equals(check) && one.path("where").asText().equals(where)) {
        return one.path("result").asText();
      }
    }
    throw new AssertionError("no check " + check + " of " + where + " in " + checks);
  }

  private static void assertLine(String out, String pattern) {
    assertTrue(out.lines().anyMatch(line -> line.matches(pattern)), pattern + " in\n" + out);
  }
}
