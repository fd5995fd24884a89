package payments.dr.modules.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_dashboard.CloudwatchDashboard;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class AlarmsTest {

  private static final Map<RegionRole, String> REGIONS =
      Map.of(RegionRole.PRIMARY, "us-east-1", RegionRole.DR, "us-east-2");
  private static final Map<RegionRole, String> PEERS =
      Map.of(RegionRole.PRIMARY, "us-east-2", RegionRole.DR, "us-east-1");

  private static final RegionPair<String> VAULTS = new RegionPair<>("vault-1", "vault-2");

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<Region> regions = stack.regions();
    RegionPair<String> topics = regions.map(region -> "arn:topic:" + region.name());
    MonitoringSettings settings = SettingsFactory.of(MonitoringSettings.class);
    List<MonitoredDatabase> databases = List.of(database("v1", ""), database("v2", "-v2"));
    LoadBalancerDimensions loadBalancer = new LoadBalancerDimensions("app/lb", "targetgroup/tg");
    regions.zip(
        topics,
        (region, topic) ->
            new LoadBalancerAlarms(
                region,
                "traffic-alarms",
                new LoadBalancerAlarmsProps(TestStack.NAMES, settings, loadBalancer, topic)));
    regions.zip(
        topics,
        (region, topic) ->
            new FirewallAlarms(
                region,
                "firewall-alarms",
                new FirewallAlarmsProps(TestStack.NAMES, settings, "web-acl", topic)));
    regions.zip(
        topics,
        (region, topic) ->
            new CertificateAlarms(
                region,
                "certificate-alarms",
                new CertificateAlarmsProps(TestStack.NAMES, "arn:certificate", topic)));
    regions.zip(
        topics,
        (region, topic) ->
            new TestAlarm(region, "test-alarm", new TestAlarmProps(TestStack.NAMES, "Own", topic)));
    MonitoredController controller =
        new MonitoredController("test", "Own", "failover-lambda-test", "failures-test");
    for (MonitoredDatabase database : databases) {
      DatabaseAlarms.pair(
          "database-alarms-" + database.generation(),
          new DatabaseAlarmsProps(
              TestStack.NAMES,
              settings,
              regions,
              database,
              new RegionPair<>(controller, controller),
              topics));
    }
    new BackupAlarms(
        "backup-alarms",
        new BackupAlarmsProps(
            TestStack.NAMES, regions, VAULTS, new RegionPair<>(controller, controller), topics));
    new RestoreTestAlarms(
        "restore-test-alarms",
        new RestoreTestAlarmsProps(
            TestStack.NAMES,
            regions,
            stack.keys().dr(),
            "arn:restore-testing-plan",
            databases,
            topics.dr()));
    regions.zip(
        topics,
        (region, topic) ->
            new ControllerAlarms(
                region,
                "controller-alarms",
                new ControllerAlarmsProps(
                    TestStack.NAMES, settings, controller, topic, region.role() == RegionRole.DR)));
    regions.zip(
        topics,
        (region, topic) ->
            new LeaseAlarms(
                region, "lease-alarms", new LeaseAlarmsProps(TestStack.NAMES, controller, topic)));
    regions.zip(
        new RegionPair<>("us-east-2", "us-east-1"),
        (region, peer) ->
            new Dashboard(
                region,
                "dashboard",
                new DashboardProps(TestStack.NAMES, loadBalancer, databases, controller, peer)));
    synthesized = stack.synthesize();
  }

  private static MonitoredDatabase database(String generation, String suffix) {
    return new MonitoredDatabase(
        generation,
        suffix,
        new RegionPair<>("primary-db-cluster" + suffix, "dr-db-cluster" + suffix),
        "session-table" + suffix);
  }

  @Test
  void names_are_as_operators_know_them() {
    TreeSet<String> names = new TreeSet<>();
    alarms().values().forEach(alarm -> names.add(alarm.path("alarm_name").asText()));

    assertEquals(
        new TreeSet<>(
            List.of(
                "backup-missing-alarm-aurora-test",
                "backup-missing-alarm-copy-aurora-test",
                "backup-missing-alarm-copy-dynamodb-test",
                "backup-missing-alarm-dynamodb-test",
                "dr-backup-copy-back-failed-alarm-test",
                "dr-backup-copy-failed-alarm-test",
                "dr-backup-failed-alarm-test",
                "dr-blocked-requests-alarm-test",
                "dr-certificate-alarm-test",
                "dr-db-connections-alarm-test",
                "dr-db-connections-alarm-v2-test",
                "dr-db-cpu-alarm-test",
                "dr-db-cpu-alarm-v2-test",
                "dr-db-transaction-log-alarm-test",
                "dr-db-transaction-log-alarm-v2-test",
                "dr-failover-blind-alarm-test",
                "dr-failover-archive-alarm-test",
                "dr-failover-errors-alarm-test",
                "dr-failover-external-alarm-test",
                "dr-failover-failures-alarm-test",
                "dr-failover-heartbeat-alarm-test",
                "dr-failover-lag-alarm-test",
                "dr-failover-silent-alarm-test",
                "dr-failover-versions-alarm-test",
                "dr-http-5xx-alarm-test",
                "dr-lease-alarm-test",
                "dr-lease-register-alarm-test",
                "dr-session-replication-alarm-test",
                "dr-session-replication-alarm-v2-test",
                "dr-test-alarm-test",
                "dr-unhealthy-alarm-test",
                "primary-backup-copy-back-failed-alarm-test",
                "primary-backup-copy-failed-alarm-test",
                "primary-backup-failed-alarm-test",
                "primary-blocked-requests-alarm-test",
                "primary-certificate-alarm-test",
                "primary-db-connections-alarm-test",
                "primary-db-connections-alarm-v2-test",
                "primary-db-cpu-alarm-test",
                "primary-db-cpu-alarm-v2-test",
                "primary-db-transaction-log-alarm-test",
                "primary-db-transaction-log-alarm-v2-test",
                "primary-failover-archive-alarm-test",
                "primary-failover-errors-alarm-test",
                "primary-failover-failures-alarm-test",
                "primary-failover-heartbeat-alarm-test",
                "primary-failover-lag-alarm-test",
                "primary-failover-dr-silent-alarm-test",
                "primary-failover-silent-alarm-test",
                "primary-failover-versions-alarm-test",
                "primary-http-5xx-alarm-test",
                "primary-lease-alarm-test",
                "primary-lease-register-alarm-test",
                "primary-session-replication-alarm-test",
                "primary-session-replication-alarm-v2-test",
                "primary-test-alarm-test",
                "primary-unhealthy-alarm-test",
                "replication-lag-alarm-test",
                "replication-lag-alarm-v2-test",
                "replication-lag-warning-test",
                "replication-lag-warning-v2-test",
                "restore-test-failed-alarm-test",
                "restore-test-missing-alarm-aurora-test",
                "restore-test-missing-alarm-aurora-v2-test",
                "restore-test-missing-alarm-dynamodb-test",
                "restore-test-missing-alarm-dynamodb-v2-test")),
        names);
  }

  @Test
  void every_alarm_speaks_and_clears_on_its_own_regions_topic_and_says_what_to_do() {
    assertEquals(74, alarms().size());
    alarms()
        .forEach(
            (address, alarm) -> {
              String role = address.contains(".primary_") ? "primary" : "dr";
              String topic = "[\"arn:topic:" + (role.equals("dr") ? "us-east-2" : "us-east-1");
              assertEquals("aws." + role, alarm.path("provider").asText(), address);
              assertEquals(topic + "\"]", alarm.path("alarm_actions").toString(), address);
              assertEquals(topic + "\"]", alarm.path("ok_actions").toString(), address);
              String description = alarm.path("alarm_description").asText();
              assertTrue(description.length() > 80 && description.length() < 1024, address);
            });
  }

  @ParameterizedTest
  @EnumSource
  void lag_is_watched_in_each_region_on_its_own_cluster(RegionRole role) {
    JsonNode page = alarm(role, "database-alarms-v2_replication-lag_");
    JsonNode warning = alarm(role, "database-alarms-v2_replication-lag-warning_");

    assertEquals("replication-lag-alarm-v2-test", page.path("alarm_name").asText());
    assertEquals(30_000, page.path("threshold").asInt());
    assertEquals(10_000, warning.path("threshold").asInt());
    assertEquals(4, page.path("datapoints_to_alarm").asInt());
    assertEquals(3, warning.path("datapoints_to_alarm").asInt());
    assertEquals(5, page.path("evaluation_periods").asInt());
    assertEquals(5, warning.path("evaluation_periods").asInt());
    for (JsonNode metric : List.of(page.at("/metric_query/2/metric"), warning)) {
      assertEquals("AuroraGlobalDBRPOLag", metric.path("metric_name").asText());
      assertEquals("Maximum", metric.path(metric.has("stat") ? "stat" : "statistic").asText());
      assertEquals(60, metric.path("period").asInt());
      assertEquals(
          "{\"DBClusterIdentifier\":\"" + role.id() + "-db-cluster-v2\"}",
          metric.path("dimensions").toString());
    }
  }

  /** The metric exists only on the cluster that follows, hence where no heartbeat is committed. */
  @ParameterizedTest
  @CsvSource({"PRIMARY,notBreaching", "DR,breaching"})
  void missing_lag_is_bad_where_the_database_follows(RegionRole role, String missing) {
    JsonNode page = alarm(role, "database-alarms-v2_replication-lag_");

    assertEquals(
        "IF(FILL(beats, 0) > 0, FILL(lag, 0), FILL(lag, 3600000))",
        page.at("/metric_query/0/expression").asText());
    assertEquals("Heartbeats", page.at("/metric_query/1/metric/metric_name").asText());
    assertEquals(missing, page.path("treat_missing_data").asText());
    assertEquals(
        "notBreaching",
        alarm(role, "database-alarms-v2_replication-lag-warning_")
            .path("treat_missing_data")
            .asText());
  }

  @ParameterizedTest
  @EnumSource
  void lag_that_the_controller_measured_alarms(RegionRole role) {
    JsonNode alarm = alarm(role, "controller-alarms_lag_");

    assertEquals("Own", alarm.path("namespace").asText());
    assertEquals("ReplicationLagMillis", alarm.path("metric_name").asText());
    assertEquals("{\"Environment\":\"test\"}", alarm.path("dimensions").toString());
    assertEquals("Maximum", alarm.path("statistic").asText());
    assertEquals(30_000, alarm.path("threshold").asInt());
  }

  @Test
  void verdict_of_the_checkers_alarms_in_the_dr_region() {
    JsonNode alarm = alarm(RegionRole.DR, "controller-alarms_external_");

    assertEquals("ExternalDown", alarm.path("metric_name").asText());
    assertEquals("{\"Environment\":\"test\"}", alarm.path("dimensions").toString());
    assertEquals(0, alarm.path("threshold").asInt(-1));
    assertEquals(2, alarm.path("datapoints_to_alarm").asInt());
    assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
  }

  @Test
  void controller_that_decides_is_watched_from_the_primary_region() {
    JsonNode alarm = alarm(RegionRole.PRIMARY, "controller-alarms_dr-silent_");

    assertEquals("FILL(age, 3600)", alarm.at("/metric_query/0/expression").asText());
    assertEquals("DrTickAgeSeconds", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals(120, alarm.path("threshold").asInt());
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
  }

  /** A Region that does not write renews nothing, and that is no fault. */
  @ParameterizedTest
  @EnumSource
  void a_lease_that_is_not_renewed_alarms_where_the_heart_beats(RegionRole role) {
    JsonNode alarm = alarm(role, "lease-alarms_unrenewed_");

    assertEquals(
        "IF(FILL(beats, 0) > 0, FILL(renewals, 0), 1)",
        alarm.at("/metric_query/0/expression").asText());
    assertEquals("Heartbeats", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals("LeaseRenewals", alarm.at("/metric_query/2/metric/metric_name").asText());
    assertEquals("Sum", alarm.at("/metric_query/2/metric/stat").asText());
    assertEquals(
        "{\"Environment\":\"test\"}", alarm.at("/metric_query/2/metric/dimensions").toString());
    assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
    assertEquals(1, alarm.path("threshold").asInt());
  }

  @ParameterizedTest
  @EnumSource
  void a_register_that_takes_no_renewal_alarms(RegionRole role) {
    JsonNode alarm = alarm(role, "lease-alarms_register_");

    assertEquals("LeaseRegisters", alarm.path("metric_name").asText());
    assertEquals("Minimum", alarm.path("statistic").asText());
    assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
    assertEquals(3, alarm.path("threshold").asInt());
    assertEquals(5, alarm.path("datapoints_to_alarm").asInt());
    assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
  }

  @ParameterizedTest
  @EnumSource
  void engine_versions_that_stay_unequal_alarm(RegionRole role) {
    JsonNode alarm = alarm(role, "controller-alarms_versions_");

    assertEquals("EngineVersionsDiffer", alarm.path("metric_name").asText());
    assertEquals("{\"Environment\":\"test\"}", alarm.path("dimensions").toString());
    assertEquals(0, alarm.path("threshold").asInt(-1));
    assertEquals(15, alarm.path("evaluation_periods").asInt());
    assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
  }

  @ParameterizedTest
  @EnumSource
  void a_fleet_without_hosts_is_unhealthy_too(RegionRole role) {
    JsonNode alarm = alarm(role, "traffic-alarms_unhealthy_");

    assertEquals(role.id() + "-unhealthy-alarm-test", alarm.path("alarm_name").asText());
    assertEquals("UnHealthyHostCount", alarm.path("metric_name").asText());
    assertEquals("targetgroup/tg", alarm.at("/dimensions/TargetGroup").asText());
    assertEquals("app/lb", alarm.at("/dimensions/LoadBalancer").asText());
    assertEquals(0, alarm.path("threshold").asInt(-1));
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
  }

  @Test
  void error_rate_counts_what_the_load_balancer_answers_itself() {
    JsonNode alarm = alarm(RegionRole.PRIMARY, "traffic-alarms_http-5xx_");
    JsonNode result = alarm.at("/metric_query/0");

    assertEquals(5, alarm.path("threshold").asInt());
    assertTrue(alarm.path("metric_name").isMissingNode());
    assertTrue(result.path("return_data").asBoolean());
    assertEquals(
        "100 * (FILL(own, 0) + FILL(target, 0)) / (FILL(requests, 0) + FILL(own, 0))",
        result.path("expression").asText());
    assertEquals("HTTPCode_ELB_5XX_Count", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals("RequestCount", alarm.at("/metric_query/2/metric/metric_name").asText());
    assertEquals(
        "HTTPCode_Target_5XX_Count", alarm.at("/metric_query/3/metric/metric_name").asText());
    assertEquals("Sum", alarm.at("/metric_query/3/metric/stat").asText());
  }

  @ParameterizedTest
  @EnumSource
  void what_the_firewall_refuses_is_counted_over_all_of_its_rules(RegionRole role) {
    JsonNode alarm = alarm(role, "firewall-alarms_blocked_");

    assertEquals("AWS/WAFV2", alarm.path("namespace").asText());
    assertEquals("BlockedRequests", alarm.path("metric_name").asText());
    assertEquals("Sum", alarm.path("statistic").asText());
    assertEquals(600, alarm.path("threshold").asInt());
    assertEquals("web-acl", alarm.at("/dimensions/WebACL").asText());
    assertEquals("ALL", alarm.at("/dimensions/Rule").asText());
    assertEquals(REGIONS.get(role), alarm.at("/dimensions/Region").asText());
  }

  @ParameterizedTest
  @EnumSource
  void a_certificate_that_nobody_renewed_alarms_a_month_ahead(RegionRole role) {
    JsonNode alarm = alarm(role, "certificate-alarms_expiry_");

    assertEquals("DaysToExpiry", alarm.path("metric_name").asText());
    assertEquals("Minimum", alarm.path("statistic").asText());
    assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
    assertEquals(30, alarm.path("threshold").asInt());
    assertEquals("arn:certificate", alarm.at("/dimensions/CertificateArn").asText());
  }

  /** It has no state until it is given one, and going off is no state that it gets. */
  @ParameterizedTest
  @EnumSource
  void the_test_alarm_has_no_data_and_tells_its_topic_when_it_is_ok(RegionRole role) {
    JsonNode alarm = alarm(role, "test-alarm_");

    assertEquals("Own", alarm.path("namespace").asText());
    assertEquals("NeverPublished", alarm.path("metric_name").asText());
    assertEquals("missing", alarm.path("treat_missing_data").asText());
    assertEquals(alarm.path("alarm_actions"), alarm.path("ok_actions"));
    assertEquals(1, alarm.path("ok_actions").size());
  }

  @Test
  void a_log_that_a_replication_slot_holds_back_alarms_in_bytes() {
    JsonNode alarm = alarm(RegionRole.DR, "database-alarms-v2_transaction-log_");

    assertEquals("TransactionLogsDiskUsage", alarm.path("metric_name").asText());
    assertEquals(53_687_091_200L, alarm.path("threshold").asLong());
  }

  @ParameterizedTest
  @EnumSource
  void writer_alarms_follow_the_writer(RegionRole role) {
    for (String id : List.of("writer-cpu", "connections", "transaction-log")) {
      JsonNode alarm = alarm(role, "database-alarms-v2_" + id + "_");
      assertEquals("WRITER", alarm.at("/dimensions/Role").asText());
      assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
    }
  }

  @ParameterizedTest
  @EnumSource
  void session_latency_is_measured_towards_the_other_region(RegionRole role) {
    JsonNode alarm = alarm(role, "database-alarms-v2_session-replication_");

    assertEquals("ReplicationLatency", alarm.path("metric_name").asText());
    assertEquals("session-table-v2", alarm.at("/dimensions/TableName").asText());
    assertEquals(PEERS.get(role), alarm.at("/dimensions/ReceivingRegion").asText());
  }

  @ParameterizedTest
  @EnumSource
  void failed_backups_alarm_for_each_vault(RegionRole role) {
    JsonNode alarm = alarm(role, "backup-alarms_backup_");

    assertEquals(
        "IF((FILL(follows, 0) > 0) AND (FILL(beats, 0) == 0), 0, failed)",
        alarm.at("/metric_query/0/expression").asText());
    assertEquals("Heartbeats", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals("Follows", alarm.at("/metric_query/3/metric/metric_name").asText());
    JsonNode failed = alarm.at("/metric_query/2/metric");
    assertEquals("NumberOfBackupJobsFailed", failed.path("metric_name").asText());
    assertEquals(VAULTS.get(role), failed.at("/dimensions/BackupVaultName").asText());
    assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
  }

  /** AWS counts a copy under the vault that it goes to. */
  @ParameterizedTest
  @CsvSource({
    "PRIMARY, copy_, vault-2",
    "PRIMARY, copy-back_, vault-1",
    "DR, copy_, vault-2",
    "DR, copy-back_, vault-1"
  })
  void failed_copies_to_either_vault_alarm_wherever_they_are_reported(
      RegionRole role, String id, String vault) {
    JsonNode alarm = alarm(role, "backup-alarms_" + id);

    assertEquals("NumberOfCopyJobsFailed", alarm.path("metric_name").asText());
    assertEquals(vault, alarm.at("/dimensions/BackupVaultName").asText());
  }

  /** With one alarm over all, the backups of one type would hide that the other's stopped. */
  @ParameterizedTest
  @EnumSource
  void a_region_that_writes_alarms_without_backups_of_its_cluster(RegionRole role) {
    JsonNode alarm = alarm(role, "backup-alarms_missing-aurora_");
    JsonNode completed = alarm.at("/metric_query/2/metric");

    assertEquals(
        "IF((FILL(follows, 0) > 0) AND (FILL(beats, 0) == 0), 1, FILL(completed, 0))",
        alarm.at("/metric_query/0/expression").asText());
    assertEquals("Heartbeats", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals("Follows", alarm.at("/metric_query/3/metric/metric_name").asText());
    assertEquals(3600, alarm.at("/metric_query/1/metric/period").asInt());
    assertEquals("NumberOfBackupJobsCompleted", completed.path("metric_name").asText());
    assertEquals(
        "{\"BackupVaultName\":\"" + VAULTS.get(role) + "\",\"ResourceType\":\"Aurora\"}",
        completed.path("dimensions").toString());
  }

  @ParameterizedTest
  @EnumSource
  void a_region_without_backups_of_its_table_alarms_whichever_writes(RegionRole role) {
    JsonNode alarm = alarm(role, "backup-alarms_missing-dynamodb_");

    assertEquals("NumberOfBackupJobsCompleted", alarm.path("metric_name").asText());
    assertEquals(
        "{\"BackupVaultName\":\"" + VAULTS.get(role) + "\",\"ResourceType\":\"DynamoDB\"}",
        alarm.path("dimensions").toString());
  }

  /** AWS counts a copy in the Region that it comes from, or in the other, and does not say. */
  @ParameterizedTest
  @EnumSource
  void a_region_without_copies_of_tables_in_either_vault_alarms(RegionRole role) {
    JsonNode alarm = alarm(role, "backup-alarms_missing-copy-dynamodb_");

    assertEquals("SUM([there, back])", alarm.at("/metric_query/0/expression").asText());
    assertEquals("back of DynamoDB to " + VAULTS.get(role), copies(alarm, 1));
    assertEquals("there of DynamoDB to " + VAULTS.get(role.other()), copies(alarm, 2));
    assertTrue(alarm.at("/metric_query/3").isMissingNode());
  }

  /** A cluster that follows need not be backed up; what tells of its copies only is no fault. */
  @ParameterizedTest
  @EnumSource
  void a_region_that_hears_of_the_writers_copies_alarms_without_them(RegionRole role) {
    JsonNode alarm = alarm(role, "backup-alarms_missing-copy-aurora_");

    assertEquals(
        "SUM([there, back, IF((FILL(follows, 0) > 0) AND (FILL(beats, 0) == 0),"
            + " sessions_there, sessions_back)])",
        alarm.at("/metric_query/0/expression").asText());
    assertEquals("back of Aurora to " + VAULTS.get(role), copies(alarm, 1));
    assertEquals("Heartbeats", alarm.at("/metric_query/2/metric/metric_name").asText());
    assertEquals("Follows", alarm.at("/metric_query/3/metric/metric_name").asText());
    assertEquals("sessions_back of DynamoDB to " + VAULTS.get(role), copies(alarm, 4));
    assertEquals("sessions_there of DynamoDB to " + VAULTS.get(role.other()), copies(alarm, 5));
    assertEquals("there of Aurora to " + VAULTS.get(role.other()), copies(alarm, 6));
  }

  private static String copies(JsonNode alarm, int query) {
    JsonNode metric = alarm.at("/metric_query/" + query + "/metric");
    assertEquals("NumberOfCopyJobsCompleted", metric.path("metric_name").asText());
    return "%s of %s to %s"
        .formatted(
            alarm.at("/metric_query/" + query + "/id").asText(),
            metric.at("/dimensions/ResourceType").asText(),
            metric.at("/dimensions/BackupVaultName").asText());
  }

  /**
   * AWS Backup reports no zeros. A daily job starts within an hour and ends within eight, and its
   * copy after that, so that the next day's is told so much later.
   */
  @ParameterizedTest
  @CsvSource({"aurora, 33", "dynamodb, 33", "copy-aurora, 36", "copy-dynamodb, 36"})
  void silence_for_longer_than_the_plan_allows_is_what_missing_means(String what, int hours) {
    for (RegionRole role : RegionRole.values()) {
      JsonNode alarm = alarm(role, "backup-alarms_missing-" + what + "_");

      assertEquals("backup-missing-alarm-" + what + "-test", alarm.path("alarm_name").asText());
      assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
      assertEquals(1, alarm.path("threshold").asInt());
      assertEquals(hours, alarm.path("evaluation_periods").asInt());
      assertEquals(hours, alarm.path("datapoints_to_alarm").asInt());
      assertEquals("breaching", alarm.path("treat_missing_data").asText());
    }
  }

  @Test
  void a_test_of_a_restore_that_fails_alarms() {
    JsonNode alarm = alarm(RegionRole.DR, "restore-test-alarms_failed_alarm_");

    assertEquals("Invocations", alarm.path("metric_name").asText());
    assertEquals("dr-restore-test-failed-test", alarm.at("/dimensions/RuleName").asText());
    assertEquals(
        "{\"detail\":{\"restoreTestingPlanArn\":[\"arn:restore-testing-plan\"],\"status\":[\"FAILED\","
            + "\"ABORTED\"]},\"detail-type\":[\"Restore Job State Change\"],\"source\":[\"aws.backup\"]}",
        pattern("failed"));
  }

  /**
   * Four days lie between Wednesday and Sunday, and CloudWatch looks back a week at most. A backup
   * is of the Region that took it, and two generations have a session table each.
   */
  @ParameterizedTest
  @CsvSource({
    "aurora-v1, aurora, rds, cluster:primary-db-cluster, cluster:dr-db-cluster",
    "aurora-v2, aurora-v2, rds, cluster:primary-db-cluster-v2, cluster:dr-db-cluster-v2",
    "dynamodb-v1, dynamodb, dynamodb, table/session-table, table/session-table",
    "dynamodb-v2, dynamodb-v2, dynamodb, table/session-table-v2, table/session-table-v2"
  })
  void tests_of_restores_that_stopped_alarm_of_each_type_and_generation(
      String id, String named, String service, String primary, String dr) {
    JsonNode alarm = alarm(RegionRole.DR, "restore-test-alarms_" + id + "_alarm_");

    assertEquals(
        "restore-test-missing-alarm-" + named + "-test", alarm.path("alarm_name").asText());
    assertEquals("dr-restore-tested-" + named + "-test", alarm.at("/dimensions/RuleName").asText());
    assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
    assertEquals(5 * 24, alarm.path("evaluation_periods").asInt());
    assertEquals(5 * 24, alarm.path("datapoints_to_alarm").asInt());
    assertEquals(3600, alarm.path("period").asInt());
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
    assertEquals(
        "{\"detail\":{\"restoreTestingPlanArn\":[\"arn:restore-testing-plan\"],"
            + "\"sourceResourceArn\":[\"arn:aws:%s:us-east-1:123456789012:%s\","
                .formatted(service, primary)
            + "\"arn:aws:%s:us-east-2:123456789012:%s\"],\"status\":[\"COMPLETED\"]},"
                .formatted(service, dr)
            + "\"detail-type\":[\"Restore Job State Change\"],\"source\":[\"aws.backup\"]}",
        pattern(id));
  }

  private static String pattern(String what) {
    return synthesized
        .only("aws_cloudwatch_event_rule", "dr_restore-test-alarms_" + what)
        .path("event_pattern")
        .asText();
  }

  @ParameterizedTest
  @EnumSource
  void a_controller_that_is_not_woken_alarms(RegionRole role) {
    JsonNode alarm = alarm(role, "controller-alarms_silent_");

    assertEquals("Invocations", alarm.path("metric_name").asText());
    assertEquals("failover-lambda-test", alarm.at("/dimensions/FunctionName").asText());
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
  }

  @Test
  void an_armed_controller_that_looks_no_more_alarms_and_so_does_its_silence() {
    JsonNode alarm = alarm(RegionRole.DR, "controller-alarms_blind_");

    assertEquals("Ticks", alarm.path("metric_name").asText());
    assertEquals("{\"Environment\":\"test\"}", alarm.path("dimensions").toString());
    assertEquals("LessThanThreshold", alarm.path("comparison_operator").asText());
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
  }

  /** The Region that writes commits heartbeats, the other one reads them. */
  @ParameterizedTest
  @EnumSource
  void a_heartbeat_neither_committed_nor_read_alarms(RegionRole role) {
    JsonNode alarm = alarm(role, "controller-alarms_heartbeat_");

    assertEquals(
        "IF(FILL(beats, 0) > 0, 0, FILL(age, 3600))",
        alarm.at("/metric_query/0/expression").asText());
    assertEquals("HeartbeatAgeSeconds", alarm.at("/metric_query/1/metric/metric_name").asText());
    assertEquals("Heartbeats", alarm.at("/metric_query/2/metric/metric_name").asText());
    assertEquals("breaching", alarm.path("treat_missing_data").asText());
  }

  /** None fails because none was tried: that the controller is silent is another alarm. */
  @ParameterizedTest
  @EnumSource
  void audit_rows_that_cannot_be_exported_for_a_quarter_of_an_hour_alarm(RegionRole role) {
    JsonNode alarm = alarm(role, "controller-alarms_archive_");

    assertEquals("FailedAuditExports", alarm.path("metric_name").asText());
    assertEquals(0, alarm.path("threshold").asInt(-1));
    assertEquals(15, alarm.path("evaluation_periods").asInt());
    assertEquals("notBreaching", alarm.path("treat_missing_data").asText());
  }

  @ParameterizedTest
  @EnumSource
  void failed_invocations_of_the_controller_alarm_as_do_those_left_in_its_queue(RegionRole role) {
    JsonNode errors = alarm(role, "controller-alarms_errors_");
    JsonNode failures = alarm(role, "controller-alarms_failures_");

    assertEquals("failover-lambda-test", errors.at("/dimensions/FunctionName").asText());
    assertEquals("failures-test", failures.at("/dimensions/QueueName").asText());
    assertEquals(1, failures.path("datapoints_to_alarm").asInt());
  }

  /** For the person whom it wakes, who has not read anything before. */
  @Test
  void every_description_ends_with_the_first_command_and_the_page() {
    Pattern ending =
        Pattern.compile(
            "\\. First run `\\./dr [a-z ]+ test( --[a-z-]+)?`, then read"
                + " (docs/[\\w/-]+|MIGRATION)\\.md(#[\\w-]+)?\\.$");
    alarms()
        .forEach(
            (address, alarm) -> {
              String description = alarm.path("alarm_description").asText();
              assertTrue(ending.matcher(description).find(), description);
            });
  }

  /** Nobody takes orders: a description says what its reader does. */
  @Test
  void no_description_speaks_of_ordering() {
    alarms()
        .forEach(
            (address, alarm) -> {
              String description = alarm.path("alarm_description").asText();
              assertFalse(description.contains("order"), description);
            });
  }

  @ParameterizedTest
  @EnumSource
  void dashboard_shows_its_own_region_only(RegionRole role) {
    JsonNode dashboard =
        synthesized.only(CloudwatchDashboard.TF_RESOURCE_TYPE, role.id() + "_dashboard");
    JsonNode body = SynthesizedStack.embedded(dashboard.path("dashboard_body"));

    assertEquals(role.id() + "-dashboard-test", dashboard.path("dashboard_name").asText());
    assertEquals(11, body.path("widgets").size());
    for (JsonNode widget : body.path("widgets")) {
      assertEquals(REGIONS.get(role), widget.at("/properties/region").asText());
      assertFalse(widget.at("/properties/metrics").isEmpty(), widget::toString);
    }
    JsonNode lag = body.at("/widgets/0/properties/metrics/1");
    assertEquals(
        "[\"AWS/RDS\",\"AuroraGlobalDBRPOLag\",\"DBClusterIdentifier\",\""
            + role.id()
            + "-db-cluster-v2\",{\"label\":\"v2\",\"stat\":\"Maximum\"}]",
        lag.toString());
  }

  private static Map<String, JsonNode> alarms() {
    return synthesized.resources(CloudwatchMetricAlarm.TF_RESOURCE_TYPE);
  }

  private static JsonNode alarm(RegionRole role, String id) {
    return synthesized.only(CloudwatchMetricAlarm.TF_RESOURCE_TYPE, role.id() + "_" + id);
  }
}
