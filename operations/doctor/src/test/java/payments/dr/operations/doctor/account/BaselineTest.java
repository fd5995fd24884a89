package payments.dr.operations.doctor.account;

import static payments.dr.configuration.baseline.WatchingService.ACCESS_ANALYZER;
import static payments.dr.configuration.baseline.WatchingService.CONFIG;
import static payments.dr.configuration.baseline.WatchingService.GUARDDUTY;
import static payments.dr.configuration.baseline.WatchingService.SECURITY_HUB;
import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.baseline.WatchingService;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What an account may have before its stack makes it, and what it must have. */
class BaselineTest {

  private static final String HERE = "us-east-1";
  private static final StackState STATE =
      new StackState(StateBackend.S3.of("acme-state", "us-east-2", "account-prod"), "222222222222");

  private final FakeAws aws = new FakeAws();

  @Test
  void role_of_aws_config_that_somebody_else_made_is_found() {
    ConfigServiceRole check = new ConfigServiceRole("222222222222", made("configRole", CONFIG));

    assertOk(
        aws.on(GetRoleRequest.class, NoSuchEntityException.builder().build()).ask(check),
        "account-prod makes it");
    assertOk(role("AWS Config of account-prod").ask(check), "of account-prod");
    assertNotOk(
        FAILS,
        role("made by the console").ask(check),
        "exists already",
        "in main/accounts/prod.yaml, to take it over: baseline: {adopt: {configRole: true}}; or"
            + " where another team answers for it: baseline: {leave: [config]}");
    assertOk(
        aws.ask(new ConfigServiceRole("222222222222", adopted("configRole", "true", CONFIG))),
        "adopted by account-prod");
  }

  @Test
  void adoption_of_what_is_not_there_or_is_called_otherwise_is_found() {
    ThreatDetection check =
        new ThreatDetection(
            HERE, "ours", "222222222222", adopted("primary.detector", "d2", GUARDDUTY));

    assertNotOk(
        FAILS,
        aws.on("guardduty:ListDetectors", "{'detectorIds': []}").ask(check),
        "baseline.adopt.primary.detector must be what exists, got d2 and there is none",
        "in main/accounts/prod.yaml: remove baseline.adopt.primary.detector");
    aws.on("guardduty:ListDetectors", "{'detectorIds': ['d1']}");
    assertNotOk(
        FAILS,
        aws.on("guardduty:GetDetector", "{'tags': {}}")
            .on("guardduty:GetAdministratorAccount", "{}")
            .ask(check),
        "got d2 and there is detector d1",
        "baseline: {adopt: {primary: {detector: d1}}}");
  }

  @Test
  void backup_that_is_off_is_found() {
    BackupOptIn check = new BackupOptIn(HERE, "account-prod", "prod");
    String settings = "{'ResourceTypeOptInPreference': {'Aurora': %s, 'DynamoDB': true}}";

    assertOk(
        aws.on("backup:DescribeRegionSettings", settings.formatted("true")).ask(check), "Aurora");
    assertNotOk(
        ATTENTION,
        aws.on("backup:DescribeRegionSettings", settings.formatted("false")).ask(check),
        "got off for Aurora",
        "aws backup update-region-settings --region us-east-1");
    assertNotOk(
        ATTENTION,
        aws.on("backup:DescribeRegionSettings", "{}").ask(check),
        "off for Aurora, DynamoDB",
        "make deploy ENV=prod STACKS=account-prod");
  }

  @Test
  void recorder_and_channel_that_somebody_else_made_are_found() {
    String ours = "acme-primary-records-account-prod";
    ConfigRecorder recorder =
        new ConfigRecorder(
            RegionRole.PRIMARY, HERE, ours, Optional.of(STATE), made("primary.recorder", CONFIG));
    DeliveryChannel channel = new DeliveryChannel(HERE, ours, made("primary.channel", CONFIG));
    aws.on("config:DescribeConfigurationRecorders", "{'ConfigurationRecorders': []}")
        .on("config:DescribeDeliveryChannels", "{'DeliveryChannels': []}");

    assertOk(aws.ask(recorder), "account-prod makes it");
    assertOk(aws.ask(channel), "account-prod makes it");
    aws.on(
        "config:DescribeConfigurationRecorders",
        "{'ConfigurationRecorders': [{'name': 'default'}]}");
    assertOk(
        state("aws_config_configuration_recorder", "primary", "{}").ask(recorder),
        "recorder \"default\" of account-prod");
    assertNotOk(
        FAILS,
        state("aws_config_configuration_recorder", "dr", "{}").ask(recorder),
        "recorder \"default\"",
        "baseline: {adopt: {primary: {recorder: default}}}");
    aws.on("config:DescribeDeliveryChannels", channel("landing-zone"));
    assertNotOk(
        FAILS,
        aws.ask(channel),
        "channel \"default\" to landing-zone",
        "baseline: {adopt: {primary: {channel: default}}}");
    assertOk(
        aws.ask(new DeliveryChannel(HERE, ours, adopted("primary.channel", "default", CONFIG))),
        "adopted by account-prod");
    aws.on("config:DescribeDeliveryChannels", channel(ours));
    assertOk(aws.ask(recorder), "into " + ours);
    assertOk(aws.ask(channel), "to " + ours);
  }

  private static String channel(String bucket) {
    return "{'DeliveryChannels': [{'name': 'default', 's3BucketName': '%s'}]}".formatted(bucket);
  }

  @Test
  void detector_that_somebody_else_made_is_found() {
    ThreatDetection check =
        new ThreatDetection(
            HERE,
            "primary-guardduty-account-prod",
            "222222222222",
            made("primary.detector", GUARDDUTY));

    assertOk(aws.on("guardduty:ListDetectors", "{'detectorIds': []}").ask(check), "makes it");
    aws.on("guardduty:ListDetectors", "{'detectorIds': ['d1']}")
        .on("guardduty:GetDetector", "{'tags': {}}");
    assertNotOk(
        FAILS,
        aws.on("guardduty:GetAdministratorAccount", "{}").ask(check),
        "detector d1",
        "baseline: {adopt: {primary: {detector: d1}}}");
    assertNotOk(
        FAILS,
        aws.on(
                "guardduty:GetAdministratorAccount",
                "{'administrator': {'accountId': '999999999999'}}")
            .ask(check),
        "a member of 999999999999",
        "in main/accounts/prod.yaml: baseline: {leave: [guardduty]}");
    assertOk(
        aws.on("guardduty:GetDetector", "{'tags': {'Name': 'primary-guardduty-account-prod'}}")
            .ask(check),
        "detector d1 of account-prod");
  }

  @Test
  void security_hub_that_is_on_before_the_account_stack_is_found() {
    SecurityStandards check =
        new SecurityStandards(
            RegionRole.PRIMARY, HERE, STATE, made("primary.securityHub", SECURITY_HUB));

    assertOk(
        aws.refuses("securityhub:DescribeHub", "InvalidAccessException").ask(check),
        "account-prod makes it");
    aws.on("securityhub:DescribeHub", "{'HubArn': 'arn'}");
    assertNotOk(
        FAILS,
        aws.on(GetObjectRequest.class, NoSuchKeyException.builder().build()).ask(check),
        "got Security Hub",
        "baseline: {adopt: {primary: {securityHub: true}}}");
    assertNotOk(
        FAILS,
        aws.on(GetObjectRequest.class, NoSuchBucketException.builder().build()).ask(check),
        "got Security Hub",
        "baseline: {leave: [security-hub]}");
    // The stack was deployed, but did not switch it on here.
    assertNotOk(
        FAILS,
        state("aws_securityhub_account", "dr", "{}").ask(check),
        "got Security Hub",
        "securityHub: true");
    assertNotOk(
        FAILS,
        state("aws_securityhub_account", "primary", "").ask(check),
        "got Security Hub",
        "securityHub: true");
    assertOk(state("aws_securityhub_account", "primary", "{}").ask(check), "on by account-prod");
  }

  @Test
  void aggregator_that_somebody_else_made_is_found() {
    String arn = "arn:aws:securityhub:%s:222222222222:finding-aggregator/f1";
    FindingAggregator check =
        new FindingAggregator(HERE, STATE, made("findingAggregator", SECURITY_HUB));

    assertOk(
        aws.refuses("securityhub:ListFindingAggregators", "InvalidAccessException").ask(check),
        "account-prod makes it");
    aggregator(arn.formatted(HERE));
    assertNotOk(
        FAILS,
        state("aws_securityhub_account", "dr", "{}").ask(check),
        "finding-aggregator/f1, which exists already",
        "baseline: {adopt: {findingAggregator: %s}}".formatted(arn.formatted(HERE)));
    assertOk(
        state("aws_securityhub_finding_aggregator", "dr", "{}").ask(check),
        "finding-aggregator/f1 of account-prod");
    aggregator(arn.formatted("eu-west-1"));
    assertNotOk(
        FAILS,
        aws.ask(check),
        "must be gathered in us-east-1",
        "in main/accounts/prod.yaml: baseline: {leave: [security-hub]}");
  }

  private void aggregator(String arn) {
    aws.on(
        "securityhub:ListFindingAggregators",
        "{'FindingAggregators': [{'FindingAggregatorArn': '%s'}]}".formatted(arn));
  }

  @Test
  void analyzer_that_somebody_else_made_is_found() {
    OutsideAccess check =
        new OutsideAccess(
            HERE,
            "primary-external-access-account-prod",
            made("primary.analyzer", ACCESS_ANALYZER));
    String analyzers = "{'analyzers': [{'name': '%s'}]}";

    assertOk(
        aws.on("access-analyzer:ListAnalyzers", "{'analyzers': []}").ask(check),
        "account-prod makes it");
    assertNotOk(
        FAILS,
        aws.on("access-analyzer:ListAnalyzers", analyzers.formatted("Console")).ask(check),
        "analyzer Console",
        "baseline: {adopt: {primary: {analyzer: Console}}}");
    assertOk(
        aws.on(
                "access-analyzer:ListAnalyzers",
                analyzers.formatted("primary-external-access-account-prod"))
            .ask(check),
        "analyzer primary-external-access-account-prod");
  }

  /** The account stack's state has one resource. */
  private FakeAws state(String type, String provider, String instance) {
    String state =
        """
        {"resources": [{"type": "%s", "instances": [%s],
          "provider": "provider[\\"registry.terraform.io/hashicorp/aws\\"].%s"}]}
        """
            .formatted(type, instance, provider);
    return aws.on(
        GetObjectRequest.class,
        ResponseBytes.fromByteArray(
            GetObjectResponse.builder().build(), state.getBytes(StandardCharsets.UTF_8)));
  }

  private static Single made(String key, WatchingService service) {
    return new Single("account-prod", "main/accounts/prod.yaml", key, Optional.empty(), service);
  }

  private static Single adopted(String key, String id, WatchingService service) {
    return new Single("account-prod", "main/accounts/prod.yaml", key, Optional.of(id), service);
  }

  private FakeAws role(String description) {
    return aws.on(
        GetRoleRequest.class,
        GetRoleResponse.builder()
            .role(role -> role.description(description).arn("arn:aws:iam::222222222222:role/x"))
            .build());
  }
}
