package payments.dr.modules.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_rule.CloudwatchEventRule;
import com.hashicorp.cdktf.providers.aws.cloudwatch_event_target.CloudwatchEventTarget;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_resource_policy.CloudwatchLogResourcePolicy;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;
import software.amazon.event.ruler.Machine;

class ChangeAlarmsTest {

  private static final String KEY = "arn:aws:kms:us-east-2:123456789012:key/1";
  private static final String LEDGER =
      "arn:aws:dynamodb:us-east-2:123456789012:table/dr-ledger-test";

  private static final String LOAD_BALANCER =
      "arn:aws:elasticloadbalancing:us-east-2:123456789012:loadbalancer/app/dr-alb-test/50dc6c49";
  private static final String FUNCTION =
      "arn:aws:lambda:us-east-2:123456789012:function:failover-lambda-test";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    stack.regions().zip(stack.keys(), ChangeAlarmsTest::changes);
    new LogDelivery(stack.regions().dr(), "log-delivery", TestStack.NAMES);
    synthesized = stack.synthesize();
  }

  private static ChangeAlarms changes(Region region, EncryptionKeys keys) {
    MonitoringSettings settings =
        SettingsFactory.of(MonitoringSettings.class, "operatorRoles", List.of("ops/operators"));
    return new ChangeAlarms(
        region,
        "change-alarms",
        new ChangeAlarmsProps(
            TestStack.NAMES,
            settings,
            keys,
            new WatchedResources(
                List.of(KEY),
                "test",
                "acme-dr-latch-test",
                List.of("acme-dr-latch-test", "acme-dr-audit-test", "acme-state-test"),
                LEDGER,
                LOAD_BALANCER,
                List.of("sg-1", "sg-database"),
                List.of("rtb-1"),
                "failover-lambda-test",
                "Z1",
                List.of("pay.example.com", "ext.example.com"),
                List.of("check-1", "check-2"),
                List.of("primary-failover-test", "dr-failover-test"),
                List.of("primary-application-test", "dr-application-test")),
            "arn:topic"));
  }

  static Stream<Arguments> events() {
    return Stream.of(
        told("keys", call("kms", "ScheduleKeyDeletion", role("admin"), resource(KEY))),
        told("keys", call("kms", "DisableKey", root(), resource(KEY)), "root-user"),
        silent(call("kms", "DisableKey", role("admin"), resource(KEY + "2"))),
        silent(call("kms", "Decrypt", role("admin"), resource(KEY))),
        told(
            "global-cluster",
            call(
                "rds",
                "FailoverGlobalCluster",
                role("dr-failover-test"),
                parameter("globalClusterIdentifier", "global-db-test"))),
        told(
            "global-cluster",
            call(
                "rds",
                "RemoveFromGlobalCluster",
                user(),
                parameter("globalClusterIdentifier", "global-db-v2-test"))),
        silent(
            call(
                "rds",
                "FailoverGlobalCluster",
                user(),
                parameter("globalClusterIdentifier", "global-db-other"))),
        told("latch", latch("PutObject", role("admin"))),
        told("latch", latch("DeleteObject", user())),
        told("latch", latch("PutObject", root()), "root-user"),
        silent(latch("PutObject", role("dr-failover-test"))),
        silent(latch("DeleteObject", role("ops/operators"))),
        silent(latch("GetObject", role("admin"))),
        told("ledger", call("dynamodb", "PutItem", role("application"), resource(LEDGER))),
        told("ledger", call("dynamodb", "ExecuteTransaction", user(), resource(LEDGER))),
        silent(call("dynamodb", "PutItem", role("primary-failover-test"), resource(LEDGER))),
        silent(transaction("primary-application-test", "LEASE")),
        silent(transaction("dr-application-test", "LEASE")),
        told("ledger", transaction("application", "LEASE")),
        told("ledger", transaction("dr-application-test", "DATA")),
        told("ledger", transaction("dr-application-test", "LEASE", "DATA")),
        told("ledger", transaction("dr-application-test", "DATA", "LEASE")),
        told(
            "ledger",
            call(
                "dynamodb",
                "TransactWriteItems",
                role("dr-application-test"),
                "\"requestParameters\":null," + resource(LEDGER))),
        told(
            "ledger",
            call(
                "dynamodb",
                "PutItem",
                role("dr-application-test"),
                "\"requestParameters\":{\"key\":{\"entity\":\"DATA\",\"entry\":\"-\"}},"
                    + resource(LEDGER))),
        silent(call("dynamodb", "PutItem", role("application"), resource(LEDGER + "-other"))),
        told(
            "buckets",
            call(
                "s3",
                "PutBucketPolicy",
                role("admin"),
                parameter("bucketName", "acme-state-test"))),
        told(
            "buckets",
            call(
                "s3",
                "PutBucketObjectLockConfiguration",
                role("admin"),
                parameter("bucketName", "acme-dr-audit-test"))),
        silent(call("s3", "PutBucketPolicy", role("admin"), parameter("bucketName", "other"))),
        told(
            "network",
            call(
                "ec2",
                "AuthorizeSecurityGroupIngress",
                role("admin"),
                parameter("groupId", "sg-1"))),
        told(
            "network",
            call("ec2", "DeleteRoute", role("admin"), parameter("routeTableId", "rtb-1"))),
        silent(
            call(
                "ec2",
                "AuthorizeSecurityGroupIngress",
                role("admin"),
                parameter("groupId", "sg-2"))),
        told("network", modified("sg-database")),
        silent(modified("sg-2")),
        told(
            "load-balancer",
            call(
                "elasticloadbalancing",
                "SetSecurityGroups",
                role("admin"),
                parameter("loadBalancerArn", LOAD_BALANCER))),
        silent(
            call(
                "elasticloadbalancing",
                "SetSecurityGroups",
                role("admin"),
                parameter("loadBalancerArn", LOAD_BALANCER + "0"))),
        told("controller", lambda("UpdateFunctionCode20150331v2", "failover-lambda-test")),
        told("controller", lambda("UpdateFunctionConfiguration20150331v2", FUNCTION)),
        told("controller", lambda("UpdateAlias20150331", "failover-lambda-test")),
        told("controller", lambda("CreateEventSourceMapping20150331", FUNCTION + ":live")),
        told("controller", lambda("RemovePermission20150331v2", FUNCTION + ":live")),
        told("controller", mapping("UpdateEventSourceMapping20150331", FUNCTION + ":live")),
        told("controller", mapping("DeleteEventSourceMapping20150331", FUNCTION)),
        silent(mapping("DeleteEventSourceMapping20150331", FUNCTION + "2:live")),
        silent(lambda("UpdateFunctionCode20150331v2", "failover-lambda-test2")),
        silent(lambda("UpdateFunctionCode20150331v2", FUNCTION + "2")),
        told("trail", call("cloudtrail", "StopLogging", role("admin"), parameter("name", "any"))),
        told("root-user", call("iam", "CreateAccessKey", root(), parameter("userName", "me"))),
        told(
            "root-user",
            event("aws.signin", "AWS Console Sign In via CloudTrail", "ConsoleLogin", root(), "")),
        // What a service does for the account on behalf of root, such as a backup.
        silent(
            call(
                "ec2",
                "CreateSnapshot",
                "{\"type\":\"Root\",\"invokedBy\":\"backup.amazonaws.com\"}",
                parameter("volumeId", "vol-1"))));
  }

  /** By AWS's own matcher. */
  @ParameterizedTest
  @MethodSource("events")
  void tells(Set<String> expected, String event) throws Exception {
    assertEquals(expected, matching("dr", event));
  }

  static Stream<Arguments> globalEvents() {
    return Stream.of(
        told(
            "roles",
            call("iam", "PutRolePolicy", role("admin"), parameter("roleName", "dr-failover-test"))),
        silent(call("iam", "PutRolePolicy", role("admin"), parameter("roleName", "other"))),
        told("records", record("Z1", "pay.example.com.")),
        told("records", record("/hostedzone/Z1", "ext.example.com")),
        silent(record("Z1", "other.example.com.")),
        silent(record("Z2", "pay.example.com.")),
        told("health-checks", healthCheck("UpdateHealthCheck", "check-2")),
        told("health-checks", healthCheck("DeleteHealthCheck", "check-1")),
        silent(healthCheck("UpdateHealthCheck", "check-3")),
        silent(healthCheck("GetHealthCheck", "check-1")));
  }

  /** CloudTrail reports them there, whichever Region the environment uses. */
  @ParameterizedTest
  @MethodSource("globalEvents")
  void tells_of_global_services_in_us_east_1_only(Set<String> expected, String event)
      throws Exception {
    assertEquals(expected, matching("primary", event));
    assertEquals(Set.of(), matching("dr", event));
  }

  private static Set<String> matching(String role, String event) throws Exception {
    Machine machine = Machine.builder().build();
    for (JsonNode rule : rules(role).values()) {
      machine.addRule(
          rule.path("name").asText().replaceFirst(role + "-change-(.*)-test", "$1"),
          rule.path("event_pattern").asText());
    }
    return new TreeSet<>(machine.rulesForJSONEvent(event));
  }

  private static Map<String, JsonNode> rules(String role) {
    Map<String, JsonNode> rules =
        new TreeMap<>(synthesized.resources(CloudwatchEventRule.TF_RESOURCE_TYPE));
    rules.keySet().removeIf(address -> !address.contains("." + role + "_"));
    return rules;
  }

  @Test
  void patterns_are_no_longer_than_eventbridge_takes() {
    synthesized
        .resources(CloudwatchEventRule.TF_RESOURCE_TYPE)
        .forEach(
            (address, rule) ->
                assertTrue(rule.path("event_pattern").asText().length() < 2048, address));
  }

  @Test
  void every_change_is_kept_and_told() {
    Map<String, JsonNode> rules = rules("dr");
    Map<String, JsonNode> alarms = new TreeMap<>();
    synthesized
        .resources(CloudwatchMetricAlarm.TF_RESOURCE_TYPE)
        .values()
        .forEach(alarm -> alarms.put(alarm.at("/dimensions/RuleName").asText(), alarm));

    assertEquals(10, rules.size());
    assertEquals(13, rules("primary").size());
    rules
        .values()
        .forEach(
            rule -> {
              JsonNode alarm = alarms.get(rule.path("name").asText());
              assertEquals("Invocations", alarm.path("metric_name").asText());
              assertEquals("AWS/Events", alarm.path("namespace").asText());
              assertEquals(0, alarm.path("threshold").asInt(-1));
              assertEquals(1, alarm.path("evaluation_periods").asInt());
              assertEquals("[\"arn:topic\"]", alarm.path("alarm_actions").toString());
              assertTrue(
                  alarm.path("alarm_description").asText().contains("/aws/events/dr-changes-test"),
                  alarm::toString);
              assertTrue(alarm.path("alarm_description").asText().length() < 1024);
            });
    synthesized
        .resources(CloudwatchEventTarget.TF_RESOURCE_TYPE)
        .forEach(
            (address, target) ->
                assertTrue(
                    target
                        .path("arn")
                        .asText()
                        .contains(
                            address.replaceFirst(".*\\.(dr|primary)_.*", "$1")
                                + "_change-alarms_log-group_"),
                    address));
  }

  @Test
  void the_record_of_changes_is_encrypted_and_kept() {
    JsonNode log = synthesized.only(CloudwatchLogGroup.TF_RESOURCE_TYPE, "dr_change-alarms");

    assertEquals("/aws/events/dr-changes-test", log.path("name").asText());
    assertEquals(400, log.path("retention_in_days").asInt());
    assertTrue(log.path("kms_key_id").asText().contains("dr_encryption_logs_"), log::toString);
  }

  @Test
  void services_write_only_for_this_account() {
    JsonNode policy =
        SynthesizedStack.embedded(
            synthesized.only(CloudwatchLogResourcePolicy.TF_RESOURCE_TYPE).path("policy_document"));

    assertEquals(
        "arn:aws:events:us-east-2:123456789012:rule/*",
        policy.at("/Statement/1/Condition/ArnLike/aws:SourceArn").asText());
    assertEquals(
        "arn:aws:logs:us-east-2:123456789012:log-group:/aws/events/*:*",
        policy.at("/Statement/1/Resource").asText());
    assertEquals(
        TestStack.ACCOUNT,
        policy.at("/Statement/2/Condition/StringEquals/aws:SourceAccount").asText());
  }

  private static Arguments told(String change, String event, String... more) {
    Set<String> expected = new TreeSet<>(List.of(more));
    expected.add(change);
    return Arguments.of(expected, event);
  }

  private static Arguments silent(String event) {
    return Arguments.of(Set.of(), event);
  }

  /**
   * Named and nested otherwise than other calls' parameters: so CloudTrail Lake's samples, Sumo
   * Logic's rules and rules of others for EventBridge read it.
   */
  private static String modified(String group) {
    return call(
        "ec2",
        "ModifySecurityGroupRules",
        role("admin"),
        "\"requestParameters\":{\"ModifySecurityGroupRulesRequest\":{\"GroupId\":\"%s\"}}"
            .formatted(group));
  }

  private static String lambda(String name, String function) {
    return call("lambda", name, role("admin"), parameter("functionName", function));
  }

  /** Who changes a mapping gives its id alone. */
  private static String mapping(String name, String function) {
    return call(
        "lambda",
        name,
        role("admin"),
        parameter("uUID", "u-1")
            + ",\"responseElements\":{\"functionArn\":\"%s\"}".formatted(function));
  }

  private static String record(String zone, String name) {
    return call(
        "route53",
        "ChangeResourceRecordSets",
        role("admin"),
        ("\"requestParameters\":{\"hostedZoneId\":\"%s\",\"changeBatch\":{\"changes\":"
                + "[{\"action\":\"UPSERT\",\"resourceRecordSet\":{\"name\":\"%s\",\"type\":\"A\"}}]}}")
            .formatted(zone, name));
  }

  private static String healthCheck(String name, String id) {
    return call("route53", name, role("admin"), parameter("healthCheckId", id));
  }

  private static String latch(String name, String who) {
    return call("s3", name, who, parameter("bucketName", "acme-dr-latch-test"));
  }

  private static String call(String service, String name, String who, String what) {
    return event("aws." + service, "AWS API Call via CloudTrail", name, who, "," + what);
  }

  private static String event(String source, String type, String name, String who, String what) {
    return "{\"source\":\"%s\",\"detail-type\":\"%s\",\"detail\":{\"eventName\":\"%s\",\"userIdentity\":%s%s}}"
        .formatted(source, type, name, who, what);
  }

  /** As CloudTrail records one: keys, and of all other attributes the names. */
  private static String transaction(String role, String... entities) {
    String items =
        Stream.of(entities)
            .map(
                entity ->
                    "{\"operation\":\"Put\",\"tableName\":\"dr-ledger-test\",\"key\":"
                        + "{\"entity\":\"%s\",\"entry\":\"-\"},\"items\":[\"entity\"]}"
                            .formatted(entity))
            .collect(Collectors.joining(","));
    return call(
        "dynamodb",
        "TransactWriteItems",
        role(role),
        "\"requestParameters\":{\"requestItems\":[%s]},%s".formatted(items, resource(LEDGER)));
  }

  private static String role(String name) {
    return "{\"type\":\"AssumedRole\",\"sessionContext\":{\"sessionIssuer\":"
        + "{\"type\":\"Role\",\"arn\":\"arn:aws:iam::123456789012:role/"
        + name
        + "\"}}}";
  }

  private static String user() {
    return "{\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::123456789012:user/somebody\"}";
  }

  private static String root() {
    return "{\"type\":\"Root\",\"arn\":\"arn:aws:iam::123456789012:root\"}";
  }

  private static String resource(String arn) {
    return "\"resources\":[{\"ARN\":\"%s\",\"accountId\":\"123456789012\"}]".formatted(arn);
  }

  private static String parameter(String name, String value) {
    return "\"requestParameters\":{\"%s\":\"%s\"}".formatted(name, value);
  }
}
