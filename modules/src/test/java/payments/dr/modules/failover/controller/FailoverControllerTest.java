package payments.dr.modules.failover.controller;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.AuditArchiveProps;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.LedgerTableProps;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class FailoverControllerTest {

  @TempDir static Path outdir;

  private static final FailoverSettings SETTINGS =
      SettingsFactory.of(
          FailoverSettings.class,
          "mode",
          FailoverMode.AUTO,
          "rtoTargetSeconds",
          300,
          "rpoTargetSeconds",
          45,
          "probePath",
          "/healthz/payments",
          "healthCheckIntervalSeconds",
          30,
          "healthCheckFailureThreshold",
          3,
          "confirmSeconds",
          20,
          "failbackAfterSeconds",
          90);

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    synthesized = synthesized(outdir, SETTINGS);
  }

  private static SynthesizedStack synthesized(Path folder, FailoverSettings settings) {
    TestStack stack = new TestStack(folder);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<AccessLogs> accessLogs = stack.accessLogs();
    FailoverController.pair(
        "controller",
        new FailoverControllerProps(
            TestStack.NAMES,
            settings,
            new FunctionCode("assets/function/1/failover-function.jar", "c2hhMjU2"),
            stack.regions(),
            keys,
            new RegionPair<>(
                new FunctionNetwork("vpc-1", List.of("subnet-1")),
                new FunctionNetwork("vpc-2", List.of("subnet-2"))),
            stack
                .regions()
                .zip(
                    keys,
                    (region, regionKeys) ->
                        new LedgerTable(
                            region,
                            "ledger",
                            new LedgerTableProps(
                                TestStack.NAMES.regional(region.role(), "ledger"),
                                regionKeys.arn(KeyPurpose.DATA),
                                true))),
            stack
                .regions()
                .map(
                    region ->
                        new AuditArchive(
                            region,
                            "audit-archive",
                            new AuditArchiveProps(
                                TestStack.NAMES,
                                settings,
                                keys.get(region.role()),
                                accessLogs.get(region.role()),
                                true))),
            List.of(database("v1", "", 5432), database("v2", "-v2", 6432)),
            new Traffic(
                "pay.example.com",
                "ext.example.com",
                List.of("ns-1.example.org", "ns-2.example.org"),
                new RegionPair<>("lb-1.example.org", "lb-2.example.org"),
                true,
                new RegionPair<>("acme-primary-latch-test", "acme-dr-latch-test")),
            new StandbyFleet("arn:tg", "asg", "dr-asg-test", 2, 6),
            new RegionPair<>("arn:topic-1", "arn:topic-2"),
            settings.lease() == LeaseGrade.MAJORITY
                ? Optional.of(new WitnessRegister("us-west-2", "witness-ledger-test"))
                : Optional.empty()));
    return stack.synthesize();
  }

  private static ControlledDatabase database(String generation, String suffix, int port) {
    return new ControlledDatabase(
        generation,
        "global-db" + suffix + "-test",
        new RegionPair<>(
            "primary-db-cluster" + suffix + "-test", "dr-db-cluster" + suffix + "-test"),
        new RegionPair<>("writer-1-" + generation, "writer-2-" + generation),
        new RegionPair<>("reader-1-" + generation, "reader-2-" + generation),
        port,
        "paymentsdb",
        new RegionPair<>("sg-1-" + generation, "sg-2-" + generation),
        new RegionPair<>("arn:user-1-" + generation, "arn:user-2-" + generation));
  }

  /**
   * Lambda lets an account whose quota is 10 reserve nothing. A reservation of 0 executions would
   * stop the function, so there must be none.
   */
  @Test
  void function_may_share_the_accounts_concurrency(@TempDir Path folder) {
    SynthesizedStack sharing =
        synthesized(folder, SettingsFactory.of(FailoverSettings.class, "reservedConcurrency", 0));

    Map<String, JsonNode> functions = sharing.resources("aws_lambda_function");
    assertEquals(2, functions.size());
    functions
        .values()
        .forEach(it -> assertFalse(it.has("reserved_concurrent_executions"), it::toString));
  }

  /** Each of them alone may be lost: no role or variable refers to what another Region holds. */
  @Test
  void lease_by_majority_gives_both_functions_three_registers(@TempDir Path folder) {
    SynthesizedStack majority =
        synthesized(
            folder, SettingsFactory.of(FailoverSettings.class, "lease", LeaseGrade.MAJORITY));

    for (RegionRole role : RegionRole.values()) {
      JsonNode variables =
          majority
              .only("aws_lambda_function", role.id() + "_controller_")
              .at("/environment/variables");
      assertEquals("majority", variables.path("LEASE_GRADE").asText());
      assertEquals("us-west-2", variables.path("WITNESS_REGION").asText());
      assertEquals("witness-ledger-test", variables.path("WITNESS_TABLE").asText());
      JsonNode lease =
          statements(majority, "aws_iam_role_policy", role.id() + "_controller_role_", "policy")
              .get("HoldLease");
      assertEquals("[\"dynamodb:GetItem\",\"dynamodb:PutItem\"]", lease.path("Action").toString());
      assertEquals(
          "[\"arn:aws:dynamodb:us-east-1:123456789012:table/primary-ledger-test\","
              + "\"arn:aws:dynamodb:us-east-2:123456789012:table/dr-ledger-test\","
              + "\"arn:aws:dynamodb:us-west-2:123456789012:table/witness-ledger-test\"]",
          lease.path("Resource").toString());
      assertEquals(
          "LEASE", lease.at("/Condition/ForAllValues:StringEquals/dynamodb:LeadingKeys").asText());
    }
  }

  @Test
  void no_other_lease_names_a_witness() {
    for (RegionRole role : RegionRole.values()) {
      JsonNode variables = only("aws_lambda_function", role).at("/environment/variables");
      assertEquals("best-effort", variables.path("LEASE_GRADE").asText());
      assertFalse(variables.has("WITNESS_REGION"));
      assertFalse(permissions(role).containsKey("HoldLease"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void function_runs_the_jar_as_it_was_published_and_never_without_bounds(RegionRole role) {
    JsonNode function = only("aws_lambda_function", role);

    assertEquals("failover-lambda-test", function.path("function_name").asText());
    assertEquals("assets/function/1/failover-function.jar", function.path("filename").asText());
    assertEquals("c2hhMjU2", function.path("source_code_hash").asText());
    assertEquals("java21", function.path("runtime").asText());
    assertEquals(
        "payments.dr.lambda.handler.FailoverHandler::handleRequest",
        function.path("handler").asText());
    assertEquals(140, function.path("timeout").asInt());
    assertEquals(4, function.path("reserved_concurrent_executions").asInt());
    assertTrue(function.path("publish").asBoolean());
    assertFalse(
        function.has("snap_start"), "a version whose snapshot is still made cannot be invoked");
    assertEquals("Active", function.at("/tracing_config/mode").asText());
    assertTrue(
        function.path("kms_key_arn").asText().contains("." + role.id() + "_encryption_compute_"));
    assertTrue(
        function.at("/dead_letter_config/target_arn").asText().contains("." + role.id() + "_"));
    assertEquals(
        role == RegionRole.DR ? "subnet-2" : "subnet-1",
        function.at("/vpc_config/subnet_ids/0").asText());
  }

  /** Lambda tries the role's right to join a network at once, and would make a log of its own. */
  @ParameterizedTest
  @EnumSource
  void function_comes_after_its_permissions_and_its_log(RegionRole role) {
    String before = only("aws_lambda_function", role).path("depends_on").toString();

    assertTrue(before.contains("aws_iam_role_policy." + role.id() + "_controller_role_"), before);
    assertTrue(
        before.contains("aws_cloudwatch_log_group." + role.id() + "_controller_log-group"), before);
    JsonNode log = only("aws_cloudwatch_log_group", role);
    assertEquals("/aws/lambda/failover-lambda-test", log.path("name").asText());
    assertEquals(400, log.path("retention_in_days").asInt());
    assertTrue(log.path("kms_key_id").asText().contains("." + role.id() + "_encryption_logs_"));
  }

  @ParameterizedTest
  @EnumSource
  void stale_starts_are_dropped_and_none_is_repeated(RegionRole role) {
    JsonNode alias = only("aws_lambda_alias", role);
    JsonNode config = only("aws_lambda_function_event_invoke_config", role);

    assertEquals("live", alias.path("name").asText());
    assertTrue(alias.path("function_version").asText().endsWith(".version}"));
    assertTrue(config.path("qualifier").asText().contains("aws_lambda_alias." + role.id()));
    assertEquals(60, config.path("maximum_event_age_in_seconds").asInt());
    assertEquals(0, config.path("maximum_retry_attempts").asInt(-1));
  }

  /** The twin as well: it commits the heartbeat while its Region writes. */
  @ParameterizedTest
  @EnumSource
  void every_minute_wakes_the_published_version_in_each_region(RegionRole role) {
    JsonNode schedule = only("aws_scheduler_schedule", role);
    JsonNode trust =
        statements("aws_iam_role", role.id() + "_controller_every-minute", "assume_role_policy")
            .get("Assume");

    assertEquals("rate(1 minute)", schedule.path("schedule_expression").asText());
    assertEquals("OFF", schedule.at("/flexible_time_window/mode").asText());
    assertTrue(schedule.at("/target/arn").asText().contains("aws_lambda_alias." + role.id()));
    assertEquals(10, schedule.at("/target/retry_policy/maximum_retry_attempts").asInt());
    assertEquals(60, schedule.at("/target/retry_policy/maximum_event_age_in_seconds").asInt());
    assertTrue(
        schedule
            .at("/target/dead_letter_config/arn")
            .asText()
            .contains("aws_sqs_queue." + role.id() + "_controller_failures_"));
    assertEquals(
        Set.of("KeepUndelivered", "WakeController"),
        statements("aws_iam_role_policy", role.id() + "_controller_every-minute", "policy")
            .keySet());
    assertEquals(TestStack.ACCOUNT, trust.at("/Condition/StringEquals/aws:SourceAccount").asText());
    assertTrue(
        trust
            .at("/Condition/ArnEquals/aws:SourceArn")
            .asText()
            .endsWith(TestStack.ACCOUNT + ":schedule-group/failover-schedule-test"));
  }

  @Test
  void alarms_wake_the_armed_controller_only_and_by_their_rule_only() {
    assertEquals(
        Set.of("failover-forward-rule-test", "failover-peer-rule-test", "failover-rule-test"),
        names("aws_cloudwatch_event_rule"));
    assertEquals(Map.of(), synthesized.resources("aws_lambda_permission"));
    JsonNode senders =
        statements("aws_sqs_queue_policy", "dr_controller_wake-ups_", "policy").get("SendAlarms");
    assertEquals("events.amazonaws.com", senders.at("/Principal/Service").asText());
    assertEquals(
        "[\"arn:aws:events:us-east-2:123456789012:rule/failover-rule-test\","
            + "\"arn:aws:events:us-east-2:123456789012:rule/failover-test/failover-peer-rule-test\"]",
        senders.at("/Condition/ArnEquals/aws:SourceArn").toString());
    assertEquals(
        "{\"detail\":{\"alarmName\":[{\"suffix\":\"-test\"}],\"state\":{\"value\":[\"ALARM\"]}},"
            + "\"detail-type\":[\"CloudWatch Alarm State Change\"],\"source\":[\"aws.cloudwatch\"]}",
        synthesized
            .only("aws_cloudwatch_event_rule", "dr_controller_alarm_")
            .path("event_pattern")
            .asText());
  }

  /**
   * Lambda runs as many executions at a time as a FIFO queue has groups, which leaves the schedule
   * two, and a third while one takes over from another.
   */
  @Test
  void alarms_cause_one_execution_at_a_time_however_many_go_off() {
    JsonNode queue = synthesized.only("aws_sqs_queue", "dr_controller_wake-ups_");
    JsonNode source = synthesized.only("aws_lambda_event_source_mapping", "dr_controller_");
    Set<String> groups = new TreeSet<>();
    synthesized
        .resources("aws_cloudwatch_event_target")
        .forEach(
            (address, target) -> {
              if (address.contains(".dr_controller_")) {
                assertTrue(
                    target.path("arn").asText().contains("aws_sqs_queue.dr_controller_wake-ups_"),
                    address);
                groups.add(target.at("/sqs_target/message_group_id").asText());
              }
            });

    assertEquals(Set.of("alarms"), groups);
    assertTrue(queue.path("name").asText().endsWith(".fifo"));
    assertTrue(queue.path("fifo_queue").asBoolean());
    assertTrue(queue.path("content_based_deduplication").asBoolean());
    assertTrue(
        source.path("event_source_arn").asText().contains("sqs_queue.dr_controller_wake-ups_"));
    assertTrue(source.path("function_name").asText().contains("aws_lambda_alias.dr_"));
    int reserved =
        only("aws_lambda_function", RegionRole.DR).path("reserved_concurrent_executions").asInt();
    assertEquals(3 + groups.size(), reserved);
  }

  /** Lambda refuses a shorter one; what waits must outlast an execution, or it would be missed. */
  @Test
  void alarm_that_waits_outlasts_an_execution() {
    JsonNode queue = synthesized.only("aws_sqs_queue", "dr_controller_wake-ups_");
    int timeout = only("aws_lambda_function", RegionRole.DR).path("timeout").asInt();

    assertEquals(timeout, queue.path("visibility_timeout_seconds").asInt());
    assertTrue(queue.path("message_retention_seconds").asInt() >= 2 * timeout);
  }

  @Test
  void function_reads_its_wake_ups_before_lambda_tries_to() {
    Map<String, JsonNode> permission =
        statements("aws_iam_role_policy", "dr_controller_wake-ups_", "policy");
    JsonNode source = synthesized.only("aws_lambda_event_source_mapping", "dr_controller_");

    assertEquals(Set.of("ReadWakeUps"), permission.keySet());
    assertEquals(
        "[\"sqs:DeleteMessage\",\"sqs:GetQueueAttributes\",\"sqs:ReceiveMessage\"]",
        permission.get("ReadWakeUps").path("Action").toString());
    assertTrue(
        source
            .path("depends_on")
            .toString()
            .contains("aws_iam_role_policy.dr_controller_wake-ups"));
  }

  @Test
  void alarms_of_the_primary_region_reach_the_bus_of_the_other_by_its_name_alone() {
    JsonNode target = synthesized.only("aws_cloudwatch_event_target", "primary_controller_");
    String bus = "arn:aws:events:us-east-2:" + TestStack.ACCOUNT + ":event-bus/failover-test";

    assertEquals(bus, target.path("arn").asText());
    Map<String, JsonNode> allowed =
        statements("aws_iam_role_policy", "primary_controller_forwarding_", "policy");
    assertEquals(Set.of("SendAlarms"), allowed.keySet());
    assertEquals(bus, allowed.get("SendAlarms").path("Resource").asText());
  }

  @Test
  void only_the_controller_and_the_forwarding_rule_may_put_events() {
    JsonNode others =
        statements("aws_cloudwatch_event_bus_policy", "dr_controller_", "policy")
            .get("RefuseOthers");

    assertEquals("Deny", others.path("Effect").asText());
    assertEquals(
        "[\"arn:aws:iam::123456789012:role/dr-failover-test\","
            + "\"arn:aws:iam::123456789012:role/primary-failover-forward-test\"]",
        others.at("/Condition/ArnNotEquals/aws:PrincipalArn").toString());
    assertTrue(names("aws_iam_role").contains("dr-failover-test"));
    assertTrue(names("aws_iam_role").contains("primary-failover-forward-test"));
  }

  @ParameterizedTest
  @EnumSource
  void failures_are_kept_encrypted_and_sent_encrypted(RegionRole role) {
    JsonNode queue = synthesized.only("aws_sqs_queue", role.id() + "_controller_failures_");

    assertEquals(role.id() + "-failover-failures-test", queue.path("name").asText());
    assertEquals(1_209_600, queue.path("message_retention_seconds").asInt());
    assertTrue(
        queue
            .path("kms_master_key_id")
            .asText()
            .contains("." + role.id() + "_encryption_notifications_"));
    assertEquals(
        "false",
        statements("aws_sqs_queue_policy", role.id() + "_controller_failures_", "policy")
            .get("RefusePlainText")
            .at("/Condition/Bool/aws:SecureTransport")
            .asText());
  }

  @ParameterizedTest
  @EnumSource
  void function_reaches_its_regions_clusters_name_servers_and_tls_and_nothing_reaches_it(
      RegionRole role) {
    String own = role == RegionRole.DR ? "2" : "1";
    Set<String> ways = new TreeSet<>();
    synthesized
        .resources("aws_vpc_security_group_egress_rule")
        .forEach(
            (address, rule) -> {
              if (address.contains("." + role.id() + "_controller_")) {
                ways.add(
                    rule.path("ip_protocol").asText()
                        + " "
                        + rule.path("from_port").asInt()
                        + " "
                        + rule.path("cidr_ipv4").asText()
                        + rule.path("referenced_security_group_id").asText());
              }
            });

    assertEquals(
        Set.of(
            "tcp 443 0.0.0.0/0",
            "tcp 53 0.0.0.0/0",
            "udp 53 0.0.0.0/0",
            "tcp 5432 sg-" + own + "-v1",
            "tcp 6432 sg-" + own + "-v2"),
        ways);
    synthesized
        .resources("aws_vpc_security_group_ingress_rule")
        .forEach(
            (address, rule) ->
                assertTrue(
                    rule.path("security_group_id").asText().matches("sg-\\d-v\\d"), address));
  }

  @ParameterizedTest
  @EnumSource
  void role_names_what_it_may_touch_wherever_aws_lets_it(RegionRole role) {
    Map<String, String> unnamed = new TreeMap<>();
    permissions(role)
        .forEach(
            (sid, statement) -> {
              if (statement.path("Resource").asText().equals("*")
                  && statement.path("Effect").asText().equals("Allow")) {
                unnamed.put(
                    sid, statement.at("/Condition/StringEquals/aws:RequestedRegion").asText());
              }
            });

    String own = role == RegionRole.DR ? "us-east-2" : "us-east-1";
    assertEquals(
        Map.of("JoinNetwork", own, "PutMetrics", own, "SeeStandby", "us-east-2", "Trace", own),
        unnamed);
    assertEquals(
        "PaymentsDr",
        permissions(role)
            .get("PutMetrics")
            .at("/Condition/StringEquals/cloudwatch:namespace")
            .asText());
  }

  @Test
  void role_moves_the_writers_of_known_clusters_and_never_detaches_one() {
    Map<String, JsonNode> permissions = permissions(RegionRole.DR);

    assertEquals(
        "[\"rds:FailoverGlobalCluster\",\"rds:SwitchoverGlobalCluster\"]",
        permissions.get("MoveWriter").path("Action").toString());
    assertEquals(
        "[\"arn:aws:rds::123456789012:global-cluster:global-db-test\","
            + "\"arn:aws:rds:us-east-1:123456789012:cluster:primary-db-cluster-test\","
            + "\"arn:aws:rds:us-east-2:123456789012:cluster:dr-db-cluster-test\","
            + "\"arn:aws:rds::123456789012:global-cluster:global-db-v2-test\","
            + "\"arn:aws:rds:us-east-1:123456789012:cluster:primary-db-cluster-v2-test\","
            + "\"arn:aws:rds:us-east-2:123456789012:cluster:dr-db-cluster-v2-test\"]",
        permissions.get("MoveWriter").path("Resource").toString());
    String never = permissions.get("NeverDetachOrDelete").toString();
    for (String call :
        List.of("RemoveFromGlobalCluster", "DeleteGlobalCluster", "PromoteReadReplicaDBCluster")) {
      assertTrue(never.contains("\"rds:" + call + "\""), never);
    }
    assertEquals("Deny", permissions.get("NeverDetachOrDelete").path("Effect").asText());
    assertEquals("Deny", permissions.get("NeverRewrite").path("Effect").asText());
  }

  @ParameterizedTest
  @EnumSource
  void role_adds_to_its_own_archive_and_takes_nothing_out(RegionRole role) {
    Map<String, JsonNode> permissions = permissions(role);
    String bucket = "arn:aws:s3:::acme-" + role.id() + "-audit-test";

    assertEquals("s3:PutObject", permissions.get("ExportAuditRows").path("Action").asText());
    assertEquals(bucket + "/audit/*", permissions.get("ExportAuditRows").path("Resource").asText());
    JsonNode never = permissions.get("NeverUnlockAuditRows");
    assertEquals("Deny", never.path("Effect").asText());
    assertEquals("[\"%s\",\"%s/*\"]".formatted(bucket, bucket), never.path("Resource").toString());
    for (String call : List.of("BypassGovernanceRetention", "DeleteObject", "PutObjectRetention")) {
      assertTrue(never.path("Action").toString().contains("\"s3:" + call + "\""), call);
    }
    assertEquals(
        "acme-" + role.id() + "-audit-test",
        only("aws_lambda_function", role).at("/environment/variables/AUDIT_BUCKET").asText());
  }

  @ParameterizedTest
  @EnumSource
  void role_writes_its_own_ledger_but_no_orders_and_the_lease_of_the_primary(RegionRole role) {
    Map<String, JsonNode> permissions = permissions(role);
    String ledgers = "arn:aws:dynamodb:us-east-%s:123456789012:table/%s-ledger-test";
    String own =
        role == RegionRole.DR ? ledgers.formatted("2", "dr") : ledgers.formatted("1", "primary");

    assertEquals("dynamodb:PutItem", permissions.get("WriteLedger").path("Action").asText());
    assertEquals(own, permissions.get("WriteLedger").path("Resource").asText());
    assertEquals(
        "[\"DATA\",\"FAILOVER\",\"MUTEX\",\"AUDIT#*\",\"ARCHIVE\"]",
        permissions
            .get("WriteLedger")
            .at("/Condition/ForAllValues:StringLike/dynamodb:LeadingKeys")
            .toString());
    assertEquals(own, permissions.get("ReadLedger").path("Resource").asText());
    assertEquals(
        ledgers.formatted("1", "primary"),
        permissions.get("SwitchWrites").path("Resource").asText());
    assertEquals(
        "WRITES",
        permissions
            .get("SwitchWrites")
            .at("/Condition/ForAllValues:StringEquals/dynamodb:LeadingKeys")
            .asText());
  }

  @ParameterizedTest
  @EnumSource
  void role_switches_the_latch_and_nothing_else_in_its_buckets(RegionRole role) {
    assertEquals(
        "[\"arn:aws:s3:::acme-primary-latch-test/latch/dr-active\","
            + "\"arn:aws:s3:::acme-primary-latch-test/latch/dr-held\","
            + "\"arn:aws:s3:::acme-dr-latch-test/latch/dr-active\","
            + "\"arn:aws:s3:::acme-dr-latch-test/latch/dr-held\"]",
        permissions(role).get("SwitchLatch").path("Resource").toString());
    assertEquals("s3:ListBucket", permissions(role).get("SeeLatch").path("Action").asText());
    assertFalse(permissions(role).get("SeeLatch").has("Condition"), "HeadObject sends no prefix");
  }

  @ParameterizedTest
  @EnumSource
  void role_is_lambdas_in_this_account_only(RegionRole role) {
    JsonNode trust =
        statements("aws_iam_role", role.id() + "_controller_role_", "assume_role_policy")
            .get("Assume");

    assertEquals("lambda.amazonaws.com", trust.at("/Principal/Service").asText());
    assertEquals(TestStack.ACCOUNT, trust.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  @Test
  void variables_say_the_rules_and_hide_which_generation_is_active() {
    JsonNode dr = variables(RegionRole.DR);

    assertEquals("AUTO", dr.path("MODE").asText());
    assertEquals("60", dr.path("SHORTEST_DETECTION_SECONDS").asText());
    assertEquals("20", dr.path("CONFIRM_SECONDS").asText());
    assertEquals("1800", dr.path("COOL_DOWN_SECONDS").asText());
    assertEquals("90", dr.path("FAILBACK_AFTER_SECONDS").asText());
    assertEquals("45", dr.path("LOSS_TARGET_SECONDS").asText());
    assertEquals("dr", dr.path("REGION_ROLE").asText());
    assertEquals("primary", variables(RegionRole.PRIMARY).path("REGION_ROLE").asText());
    assertEquals("v1=global-db-test,v2=global-db-v2-test", dr.path("GLOBAL_CLUSTERS").asText());
    assertEquals("v1=5432,v2=6432", dr.path("DATABASE_PORT").asText());
    assertEquals("v1=reader-2-v1,v2=reader-2-v2", dr.path("DATABASE_HOSTS").asText());
    assertEquals("v1=writer-2-v1,v2=writer-2-v2", dr.path("DATABASE_WRITER_HOSTS").asText());
    assertEquals(
        "v1=reader-1-v1,v2=reader-1-v2",
        variables(RegionRole.PRIMARY).path("DATABASE_HOSTS").asText());
    assertEquals(
        "https://lb-1.example.org/healthz/payments", dr.path("PRIMARY_PROBE_URL").asText());
  }

  private static JsonNode variables(RegionRole role) {
    return only("aws_lambda_function", role).at("/environment/variables");
  }

  private static Map<String, JsonNode> permissions(RegionRole role) {
    return statements("aws_iam_role_policy", role.id() + "_controller_role_", "policy");
  }

  /** By Sid. */
  private static Map<String, JsonNode> statements(String type, String prefix, String attribute) {
    return statements(synthesized, type, prefix, attribute);
  }

  private static Map<String, JsonNode> statements(
      SynthesizedStack of, String type, String prefix, String attribute) {
    Map<String, JsonNode> statements = new TreeMap<>();
    SynthesizedStack.embedded(of.only(type, prefix).path(attribute))
        .path("Statement")
        .forEach(statement -> statements.put(statement.path("Sid").asText(), statement));
    return statements;
  }

  private static Set<String> names(String type) {
    Set<String> names = new TreeSet<>();
    synthesized.resources(type).values().forEach(it -> names.add(it.path("name").asText()));
    return names;
  }

  private static JsonNode only(String type, RegionRole role) {
    return synthesized.only(type, role.id() + "_controller_");
  }
}
