package payments.dr.operations.doctor.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Measurement;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.operations.doctor.check.FakeAws;
import payments.dr.operations.doctor.check.Permission;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsRequest;
import software.amazon.awssdk.services.cloudwatch.model.DescribeAlarmsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeLoadBalancersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationRequest;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsRequest;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;
import software.amazon.awssdk.services.rds.model.GlobalClusterNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.StatusType;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicRequest;
import software.amazon.awssdk.services.sns.model.ListSubscriptionsByTopicResponse;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.Subscription;

/** Each check of a deployment sees one that is as it should be, and what it is there to find. */
class DeploymentChecksTest {

  private static final String HERE = "us-east-2";
  private static final String THERE = "us-east-1";
  private static final String ACCOUNT = "222222222222";
  private static final Register WITNESS = new Register("us-west-2", "witness-ledger-prod", ACCOUNT);
  private static final String TOPIC = "arn:aws:sns:us-east-2:222222222222:dr-alerts-prod";
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  private final FakeAws aws = new FakeAws();

  @Test
  void environment_without_ledger_is_not_deployed() {
    Deployed check = new Deployed(HERE, "dr-ledger-prod", "payments-dr-prod", ACCOUNT);

    assertOk(
        aws.on(
                DescribeTableRequest.class,
                DescribeTableResponse.builder().table(table -> table.tableStatus("ACTIVE")).build())
            .ask(check),
        "is ACTIVE");
    assertNotOk(
        ATTENTION,
        aws.on(
                DescribeTableRequest.class,
                software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException.builder()
                    .build())
            .ask(check),
        "payments-dr-prod is not deployed",
        "deploy it");
  }

  @Test
  void lease_that_nobody_renews_is_found() {
    LeaseRenewed check = new LeaseRenewed(WITNESS, "witness-prod", InstantSource.fixed(NOW));

    assertOk(
        register(NOW.plusSeconds(25)).ask(check),
        "us-east-1 holds the lease under epoch 4, renewed until 2026-05-01T12:00:25Z");
    assertNotOk(ATTENTION, register(NOW.minusSeconds(1)).ask(check), "is past", "us-east-1");
    assertOk(register(NOW.plusSeconds(32)).ask(check), "epoch 4");
    assertNotOk(ATTENTION, register(NOW.plusSeconds(33)).ask(check), "further ahead", "clock");
    assertNotOk(FAILS, register(Instant.EPOCH).ask(check), "never renewed it", "renewer");
    assertNotOk(
        FAILS,
        aws.on(GetItemRequest.class, GetItemResponse.builder().build()).ask(check),
        "nobody ever held",
        "renewer");
    assertNotOk(
        FAILS,
        aws.on(
                GetItemRequest.class,
                software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException.builder()
                    .build())
            .ask(check),
        "no table witness-ledger-prod",
        "deploy witness-prod");
    assertEquals(
        List.of(
            new Permission(
                "dynamodb:GetItem",
                "arn:aws:dynamodb:us-west-2:222222222222:table/witness-ledger-prod")),
        check.permissions());
  }

  @Test
  void lease_that_a_way_back_left_is_found() {
    NoLeaseLeft check = new NoLeaseLeft(WITNESS);

    assertOk(
        aws.on(GetItemRequest.class, GetItemResponse.builder().build()).ask(check), "no lease");
    assertOk(
        aws.on(
                GetItemRequest.class,
                software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException.builder()
                    .build())
            .ask(check),
        "no lease");
    assertNotOk(
        ATTENTION,
        register(NOW.minusSeconds(90)).ask(check),
        "us-east-1 holds a lease that nobody renews",
        "delete-item --region us-west-2 --table-name witness-ledger-prod");
    assertEquals(
        List.of(
            new Permission(
                "dynamodb:GetItem",
                "arn:aws:dynamodb:us-west-2:222222222222:table/witness-ledger-prod")),
        check.permissions());
  }

  private FakeAws register(Instant until) {
    return aws.on(
        GetItemRequest.class,
        GetItemResponse.builder()
            .item(
                Map.of(
                    "entity", AttributeValue.fromS("LEASE"),
                    "entry", AttributeValue.fromS("-"),
                    "version", AttributeValue.fromN("7"),
                    "holder", AttributeValue.fromS("us-east-1"),
                    "epoch", AttributeValue.fromS("4"),
                    "until", AttributeValue.fromS(Long.toString(until.toEpochMilli())),
                    "formerUntil", AttributeValue.fromS("0")))
            .build());
  }

  @Test
  void function_whose_version_cannot_run_is_found() {
    FunctionActive check = new FunctionActive(HERE, "failover-lambda-prod", ACCOUNT);

    assertOk(function(State.ACTIVE, null).ask(check), "version 7");
    assertNotOk(FAILS, function(State.PENDING, "The snapshot").ask(check), "The snapshot", "wait");
    assertNotOk(FAILS, function(State.FAILED, null).ask(check), "no reason", "deploy again");
    assertNotOk(
        FAILS,
        aws.on(GetFunctionConfigurationRequest.class, ResourceNotFoundException.builder().build())
            .ask(check),
        "alias live of failover-lambda-prod",
        "deploy again");
  }

  @Test
  void controller_that_is_not_started_is_found() {
    ControllerStarts check = new ControllerStarts(HERE, "failover-lambda-prod", () -> NOW);

    assertOk(starts(9, 0).ask(check), "9 starts in 10 minutes, 0 failed");
    assertNotOk(FAILS, starts(0, 0).ask(check), "0 starts", "schedule");
    assertNotOk(FAILS, starts(4, 0).ask(check), "4 starts", "schedule");
    assertNotOk(ATTENTION, starts(9, 2).ask(check), "2 failed", "/aws/lambda/failover-lambda-prod");
  }

  @Test
  void queue_of_alarms_that_nobody_reads_is_found() {
    WakeUpSource check =
        new WakeUpSource(
            HERE,
            "failover-lambda-prod",
            "arn:aws:sqs:%s:%s:wake-ups.fifo".formatted(HERE, ACCOUNT));

    assertOk(
        mapping("failover-lambda-prod:live", "Enabled").ask(check), "Lambda reads wake-ups.fifo");
    assertNotOk(
        FAILS,
        mapping("failover-lambda-prod:live", "Disabled").ask(check),
        "must be Enabled, got Disabled (by hand)",
        "update-event-source-mapping --region us-east-2 --enabled --uuid u-1");
    assertNotOk(
        FAILS,
        mapping("another:live", "Enabled").ask(check),
        "got no event source mapping",
        "deploy again");
  }

  private FakeAws mapping(String function, String state) {
    return aws.on(
        ListEventSourceMappingsRequest.class,
        ListEventSourceMappingsResponse.builder()
            .eventSourceMappings(
                EventSourceMappingConfiguration.builder()
                    .uuid("u-1")
                    .functionArn(
                        "arn:aws:lambda:%s:%s:function:%s".formatted(HERE, ACCOUNT, function))
                    .state(state)
                    .stateTransitionReason("by hand")
                    .build())
            .build());
  }

  @Test
  void heartbeat_that_is_neither_written_nor_read_is_found() {
    HeartbeatRead check =
        new HeartbeatRead(HERE, "PaymentsDr", "prod", Duration.ofSeconds(60), () -> NOW);

    assertOk(heartbeats(40.0, null).ask(check), "written into the database here");
    assertOk(heartbeats(0.0, 3.4).ask(check), "read here, at most 3 s old");
    assertNotOk(ATTENTION, heartbeats(null, 61.0).ask(check), "61 s old", "replication");
    assertNotOk(
        FAILS, heartbeats(null, null).ask(check), "within 10 minutes", "database init prod");
    assertNotOk(FAILS, heartbeats(0.0, null).ask(check), "neither", "./dr status prod");
  }

  @Test
  void certificate_that_is_not_issued_or_not_renewed_is_found() {
    CertificateShown check = new CertificateShown(HERE, "dr-alb-prod", ACCOUNT, () -> NOW);
    aws.on(
        DescribeLoadBalancersRequest.class,
        DescribeLoadBalancersResponse.builder()
            .loadBalancers(LoadBalancer.builder().loadBalancerArn("arn:balancer").build())
            .build());
    shows("arn:certificate");

    assertOk(certificate("ISSUED", 31).ask(check), "of pay.example.com until 2026-06-01T12:00:00Z");
    assertNotOk(FAILS, certificate("ISSUED", 29).ask(check), "not renewed", "DNS record");
    assertNotOk(
        FAILS,
        certificate("PENDING_VALIDATION", 0).ask(check),
        "must be ISSUED, got PENDING_VALIDATION",
        "DNS record");
    assertNotOk(FAILS, shows().ask(check), "must show a certificate, got none", "deploy again");
    assertNotOk(
        FAILS,
        aws.on(DescribeLoadBalancersRequest.class, LoadBalancerNotFoundException.builder().build())
            .ask(check),
        "dr-alb-prod must be there",
        "deploy again");
  }

  @Test
  void alarms_that_cannot_act_or_fire_are_found() {
    Alarms check = new Alarms(HERE, TOPIC);
    MetricAlarm good = alarm("good", StateValue.OK, TOPIC);

    assertOk(alarms(good).ask(check), "1 alarms, none fires");
    assertOk(alarms(good, alarm("new", StateValue.INSUFFICIENT_DATA, TOPIC)).ask(check), "2");
    assertNotOk(
        ATTENTION,
        alarms(alarm("cpu", StateValue.ALARM, TOPIC)).ask(check),
        "firing: cpu",
        "description");
    assertNotOk(
        FAILS,
        alarms(good.toBuilder().alarmName("mute").actionsEnabled(false).build()).ask(check),
        "disabled: mute",
        "enable-alarm-actions");
    assertNotOk(
        FAILS,
        alarms(alarm("of-others", StateValue.OK, TOPIC + "-2")).ask(check),
        "got none",
        "deploy again");
  }

  @Test
  void alarm_that_hears_nothing_is_found() {
    MetricsArrive check = new MetricsArrive(Map.of(HERE, TOPIC), () -> NOW);
    MetricAlarm errors = watching("AWS/Lambda", "Errors", "of-errors", 5);
    MetricAlarm processor = watching("AWS/RDS", "CPUUtilization", "cluster", 5);
    MetricAlarm lag = watching("AWS/RDS", "AuroraGlobalDBRPOLag", "cluster", 5);
    MetricAlarm otherLag = watching("AWS/RDS", "AuroraGlobalDBRPOLag", "other", 5);
    MetricAlarm computed = computing(watching("PaymentsDr", "ReplicationLagMillis", "prod", 5));

    hears("CPUUtilization", "AuroraGlobalDBRPOLag");
    assertOk(alarms(errors, processor, lag).ask(check), "2 that alarms watch, all with data");
    assertNotOk(
        ATTENTION,
        alarms(watching("AWS/RDS", "DatabaseConnections", "cluster", 0)).ask(check),
        "older than an hour",
        "nothing was looked at");
    assertNotOk(
        FAILS,
        alarms(processor, watching("AWS/RDS", "DatabaseConnections", "cluster", 5)).ask(check),
        "nothing within 3 hours of: AWS/RDS DatabaseConnections of cluster in us-east-2",
        "dimensions");
    assertNotOk(
        FAILS,
        alarms(computed).ask(check),
        "nothing within 3 hours of: PaymentsDr ReplicationLagMillis of prod in us-east-2",
        "hear nothing");
    hears("cluster");
    assertOk(alarms(lag, otherLag).ask(check), "2");
    hears();
    assertNotOk(FAILS, alarms(lag, otherLag).ask(check), "of cluster", "dimensions");
  }

  @Test
  void unconfirmed_subscription_is_found() {
    AlertSubscriptions check = new AlertSubscriptions(HERE, TOPIC);

    assertOk(subscriptions(TOPIC + ":1").ask(check), "1 confirmed");
    assertNotOk(
        ATTENTION,
        subscriptions(TOPIC + ":1", "PendingConfirmation").ask(check),
        "waiting for PendingConfirmation@example.com",
        "link");
    assertNotOk(FAILS, subscriptions("PendingConfirmation").ask(check), "got 1 waiting", "link");
    assertNotOk(FAILS, subscriptions().ask(check), "got 0 waiting", "notification.emails");
    assertNotOk(FAILS, subscriptions("Deleted").ask(check), "got 0 waiting", "notification.emails");
    assertNotOk(
        FAILS,
        aws.on(ListSubscriptionsByTopicRequest.class, NotFoundException.builder().build())
            .ask(check),
        "must be there",
        "deploy again");
  }

  @Test
  void unequal_engine_versions_are_found() {
    EngineVersionsEqual check = new EngineVersionsEqual(HERE, "v2", "global-db-v2-prod");

    assertOk(
        global(Map.of("us-east-1", "17.7", "us-east-2", "17.7")).ask(check),
        "17.7 in us-east-1, 17.7 in us-east-2");
    assertNotOk(
        FAILS,
        global(Map.of("us-east-1", "17.7", "us-east-2", "17.9")).ask(check),
        "must be equal for a failover",
        "the cluster that follows first");
    assertNotOk(
        FAILS,
        global(Map.of("us-east-1", "17.7")).ask(check),
        "a member in both",
        "docs/operate/after-failover.md");
    assertNotOk(
        FAILS,
        aws.on(
                DescribeGlobalClustersRequest.class,
                GlobalClusterNotFoundException.builder().build())
            .ask(check),
        "must be there",
        "deploy again");
  }

  @Test
  void secret_that_is_not_in_sync_is_found() {
    SecretReplica check =
        new SecretReplica(HERE, "us-east-1", "v2", "db-password-v2-prod", ACCOUNT);

    assertOk(replica("us-east-1", StatusType.IN_SYNC).ask(check), "InSync");
    assertNotOk(
        ATTENTION, replica("us-east-1", StatusType.IN_PROGRESS).ask(check), "InProgress", "again");
    assertNotOk(
        FAILS,
        replica("us-east-1", StatusType.FAILED).ask(check),
        "Failed: why",
        "replicate-secret-to-regions");
    assertNotOk(
        FAILS,
        replica("eu-west-1", StatusType.IN_SYNC).ask(check),
        "must have a replica",
        "deploy");
    assertNotOk(
        FAILS,
        aws.on(
                DescribeSecretRequest.class,
                software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException
                    .builder()
                    .build())
            .ask(check),
        "must be there",
        "deploy again");
  }

  @Test
  void vault_without_a_recovery_point_of_the_day_is_found() {
    aws.on("backup:DescribeBackupVault", "{'CreationDate': %d}".formatted(hoursAgo(1000)));

    assertOk(
        points("COMPLETED", 32, 35, 1, 2).ask(POINTS),
        "backup of Aurora at 2026-04-30T04:00:00Z, copy of Aurora at 2026-04-30T01:00:00Z,"
            + " backup of DynamoDB at 2026-05-01T11:00:00Z");
    assertNotOk(
        FAILS,
        points("COMPLETED", 34, 37, 1, 1).ask(POINTS),
        "no backup of Aurora, no copy of Aurora in dr-backup-vault-prod within 33 hours, 36",
        "jobs");
    assertNotOk(FAILS, points("PARTIAL", 1, 1, 1, 1).ask(POINTS), "no copy of DynamoDB", "jobs");
    aws.on("backup:DescribeBackupVault", "{'CreationDate': %d}".formatted(hoursAgo(3)));
    assertNotOk(
        ATTENTION, points("PARTIAL", 1, 1, 1, 1).ask(POINTS), "2026-05-01T09:00:00Z", "tomorrow");
    assertNotOk(
        FAILS,
        aws.refuses("backup:ListRecoveryPointsByBackupVault", "ResourceNotFoundException")
            .ask(POINTS),
        "must be there",
        "deploy again");
  }

  /** Hourly backups fill more than one page of a list. */
  @Test
  void recovery_points_are_read_to_the_last_page() {
    assertOk(
        aws.onPages(
                "backup:ListRecoveryPointsByBackupVault",
                "{'RecoveryPoints': [%s, %s], 'NextToken': 'more'}"
                    .formatted(
                        point("Aurora", HERE, "COMPLETED", 1),
                        point("Aurora", THERE, "COMPLETED", 1)),
                "{'RecoveryPoints': [%s, %s]}"
                    .formatted(
                        point("DynamoDB", HERE, "COMPLETED", 1),
                        point("DynamoDB", THERE, "COMPLETED", 1)))
            .ask(POINTS),
        "newest in dr-backup-vault-prod");
  }

  /** Otherwise the backups of a Region hide that nothing arrives there, and the other way round. */
  @Test
  void copies_are_told_from_backups() {
    aws.on("backup:DescribeBackupVault", "{'CreationDate': %d}".formatted(hoursAgo(1000)));

    assertNotOk(
        FAILS,
        points("COMPLETED", 1, 1, 1, 99).ask(POINTS),
        "no copy of DynamoDB in dr-backup-vault-prod",
        "in both Regions");
    assertNotOk(
        FAILS, points("COMPLETED", 1, 1, 99, 1).ask(POINTS), "no backup of DynamoDB in", "jobs");
    assertNotOk(
        ATTENTION,
        points("COMPLETED", 99, 1, 1, 1).ask(POINTS),
        "no backup of Aurora in",
        "unless the cluster there follows");
    assertNotOk(
        ATTENTION,
        points("COMPLETED", 1, 99, 1, 1).ask(POINTS),
        "no copy of Aurora in",
        "copy jobs of the other Region");
  }

  /** Of a cluster and of a table, a backup and a copy each, so many hours old. */
  private FakeAws points(String status, int cluster, int clusterCopy, int table, int tableCopy) {
    return aws.on(
        "backup:ListRecoveryPointsByBackupVault",
        "{'RecoveryPoints': [%s, %s, %s, %s]}"
            .formatted(
                point("Aurora", HERE, status, cluster),
                point("Aurora", THERE, status, clusterCopy),
                point("DynamoDB", HERE, status, table),
                point("DynamoDB", THERE, status, tableCopy)));
  }

  private static final RecoveryPoints POINTS =
      new RecoveryPoints(HERE, "dr-backup-vault-prod", ACCOUNT, () -> NOW);

  private static String point(String type, String region, String status, int hours) {
    String service = type.equals("Aurora") ? "rds" : "dynamodb";
    return "{'ResourceType': '%s', 'ResourceArn': 'arn:aws:%s:%s:123456789012:it', 'Status': '%s', 'CreationDate': %d.5}"
        .formatted(type, service, region, status, hoursAgo(hours));
  }

  /** One that somebody removed by hand since is told as such by nobody but its own service. */
  @Test
  void what_a_test_of_a_restore_left_behind_is_found_while_it_is_there() {
    RestoreTestLeftovers check = new RestoreTestLeftovers(HERE, "restore_tests_prod", ACCOUNT);
    String job =
        "{'CreatedResourceArn': 'arn:aws:%sawsbackup-restore-test-%s', 'DeletionStatus': '%s'}";
    String cluster = "rds:us-east-2:222222222222:cluster:";
    String table = "dynamodb:us-east-2:222222222222:table/";
    aws.on(
            "backup:GetRestoreTestingPlan",
            "{'RestoreTestingPlan': {'RestoreTestingPlanArn': 'arn:plan'}}")
        .on(DescribeTableRequest.class, DescribeTableResponse.builder().build())
        .on(DescribeDbClustersRequest.class, DescribeDbClustersResponse.builder().build());

    assertOk(
        aws.on(
                "backup:ListRestoreJobs",
                "{'RestoreJobs': [%s, {'Status': 'FAILED'}]}"
                    .formatted(job.formatted(cluster, "a", "SUCCESSFUL")))
            .ask(check),
        "nothing left of restore_tests_prod");
    aws.on(
        "backup:ListRestoreJobs",
        "{'RestoreJobs': [%s, %s]}"
            .formatted(job.formatted(cluster, "a", "FAILED"), job.formatted(table, "b", "FAILED")));
    assertNotOk(
        FAILS,
        aws.ask(check),
        "arn:aws:dynamodb:us-east-2:222222222222:table/awsbackup-restore-test-b,"
            + " arn:aws:rds:us-east-2:222222222222:cluster:awsbackup-restore-test-a",
        "delete-table --table-name awsbackup-restore-test-b --region us-east-2; aws rds"
            + " delete-db-cluster --db-cluster-identifier awsbackup-restore-test-a ");
    aws.on(DescribeDbClustersRequest.class, DbClusterNotFoundException.builder().build());
    assertNotOk(FAILS, aws.ask(check), "did not remove arn:aws:dynamodb", "delete-table");
    aws.on(
        DescribeTableRequest.class,
        software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException.builder().build());
    assertOk(aws.ask(check), "nothing left");
    aws.on(DescribeTableRequest.class, DescribeTableResponse.builder().build())
        .onPages(
            "backup:ListRestoreJobs",
            "{'RestoreJobs': [], 'NextToken': 'more'}",
            "{'RestoreJobs': [%s]}".formatted(job.formatted(table, "c", "FAILED")));
    assertNotOk(FAILS, aws.ask(check), "awsbackup-restore-test-c", "delete-table");
    assertNotOk(
        FAILS,
        aws.refuses("backup:GetRestoreTestingPlan", "ResourceNotFoundException").ask(check),
        "restore testing plan restore_tests_prod must be there",
        "deploy again");
  }

  private static long hoursAgo(int hours) {
    return NOW.minus(Duration.ofHours(hours)).getEpochSecond();
  }

  @Test
  void drill_of_long_ago_wants_attention() {
    assertOk(aws.ask(drill("2026-04-21")), "2026-04-21, 10 days ago");
    assertNotOk(ATTENTION, aws.ask(drill("2025-04-21")), "375 days ago", "./dr drill prod");
    assertNotOk(
        ATTENTION,
        aws.ask(new LastDrill("prod", Optional.empty(), LocalDate.parse("2026-05-01"))),
        "none measured",
        "./dr drill prod");
  }

  private FakeAws function(State state, String reason) {
    return aws.on(
        GetFunctionConfigurationRequest.class,
        GetFunctionConfigurationResponse.builder()
            .version("7")
            .state(state)
            .stateReason(reason)
            .build());
  }

  private FakeAws starts(double starts, double errors) {
    return aws.on(
        GetMetricStatisticsRequest.class,
        asked ->
            GetMetricStatisticsResponse.builder()
                .datapoints(
                    Datapoint.builder()
                        .sum(asked.metricName().equals("Errors") ? errors : starts)
                        .build())
                .build());
  }

  /** Null: no data. */
  private FakeAws heartbeats(Double written, Double age) {
    return aws.on(
        GetMetricStatisticsRequest.class,
        asked -> {
          Double value = asked.metricName().equals("Heartbeats") ? written : age;
          Datapoint point = Datapoint.builder().sum(value).maximum(value).build();
          return GetMetricStatisticsResponse.builder()
              .datapoints(value == null ? List.of() : List.of(point))
              .build();
        });
  }

  private FakeAws shows(String... certificates) {
    return aws.on(
        DescribeListenersRequest.class,
        DescribeListenersResponse.builder()
            .listeners(
                Listener.builder().build(),
                Listener.builder()
                    .certificates(
                        Stream.of(certificates)
                            .map(arn -> Certificate.builder().certificateArn(arn).build())
                            .toList())
                    .build())
            .build());
  }

  private FakeAws certificate(String status, int daysLeft) {
    return aws.on(
        "acm:DescribeCertificate",
        "{'Certificate': {'DomainName': 'pay.example.com', 'Status': '%s', 'NotAfter': %d}}"
            .formatted(status, NOW.plus(Duration.ofDays(daysLeft)).getEpochSecond()));
  }

  private static MetricAlarm alarm(String name, StateValue state, String topic) {
    return MetricAlarm.builder()
        .alarmName(name)
        .stateValue(state)
        .alarmActions(topic)
        .actionsEnabled(true)
        .build();
  }

  private FakeAws alarms(MetricAlarm... alarms) {
    return aws.on(
        DescribeAlarmsRequest.class, DescribeAlarmsResponse.builder().metricAlarms(alarms).build());
  }

  private static MetricAlarm watching(String namespace, String metric, String value, int hours) {
    return alarm(metric, StateValue.OK, TOPIC).toBuilder()
        .alarmConfigurationUpdatedTimestamp(NOW.minus(Duration.ofHours(hours)))
        .namespace(namespace)
        .metricName(metric)
        .dimensions(Dimension.builder().name("Of").value(value).build())
        .build();
  }

  /** The same by an expression. */
  private static MetricAlarm computing(MetricAlarm alarm) {
    return alarm.toBuilder()
        .namespace(null)
        .metricName(null)
        .dimensions(List.of())
        .metrics(
            MetricDataQuery.builder().id("worse").expression("MAX(own)").build(),
            MetricDataQuery.builder()
                .id("own")
                .metricStat(
                    stat ->
                        stat.metric(
                            metric ->
                                metric
                                    .namespace(alarm.namespace())
                                    .metricName(alarm.metricName())
                                    .dimensions(alarm.dimensions())))
                .build())
        .build();
  }

  /** CloudWatch has data of metrics with such names or dimensions. */
  private void hears(String... known) {
    aws.on(
        GetMetricDataRequest.class,
        asked ->
            GetMetricDataResponse.builder()
                .metricDataResults(
                    asked.metricDataQueries().stream()
                        .map(query -> result(query, List.of(known)))
                        .toList())
                .build());
  }

  private static MetricDataResult result(MetricDataQuery query, List<String> known) {
    Metric metric = query.metricStat().metric();
    boolean told =
        known.contains(metric.metricName()) || known.contains(metric.dimensions().get(0).value());
    return MetricDataResult.builder()
        .id(query.id())
        .values(told ? List.of(60.0) : List.of())
        .build();
  }

  private FakeAws subscriptions(String... arns) {
    return aws.on(
        ListSubscriptionsByTopicRequest.class,
        ListSubscriptionsByTopicResponse.builder()
            .subscriptions(
                Stream.of(arns)
                    .map(
                        arn ->
                            Subscription.builder()
                                .subscriptionArn(arn)
                                .endpoint(arn + "@example.com")
                                .build())
                    .toList())
            .build());
  }

  /** Each member's cluster is named like its Region. */
  private FakeAws global(Map<String, String> versions) {
    return aws.on(
            DescribeGlobalClustersRequest.class,
            DescribeGlobalClustersResponse.builder()
                .globalClusters(
                    GlobalCluster.builder()
                        .globalClusterMembers(
                            versions.keySet().stream()
                                .map(
                                    region ->
                                        GlobalClusterMember.builder()
                                            .dbClusterArn(
                                                "arn:aws:rds:%s:%s:cluster:%s"
                                                    .formatted(region, ACCOUNT, region))
                                            .build())
                                .toList())
                        .build())
                .build())
        .on(
            DescribeDbClustersRequest.class,
            asked ->
                DescribeDbClustersResponse.builder()
                    .dbClusters(
                        DBCluster.builder()
                            .engineVersion(versions.get(asked.dbClusterIdentifier()))
                            .build())
                    .build());
  }

  private FakeAws replica(String region, StatusType status) {
    return aws.on(
        DescribeSecretRequest.class,
        DescribeSecretResponse.builder()
            .replicationStatus(
                ReplicationStatusType.builder()
                    .region(region)
                    .status(status)
                    .statusMessage("why")
                    .build())
            .build());
  }

  private static LastDrill drill(String day) {
    Measurements measurements =
        new Measurements(
            "prod",
            ACCOUNT,
            Measurements.Kind.AWS,
            List.of(
                new Measurement(DrillFigure.PROMOTE, 60, "2025-01-01"),
                new Measurement(DrillFigure.RECONNECT, 10, day)));
    return new LastDrill("prod", Optional.of(measurements), LocalDate.parse("2026-05-01"));
  }
}
