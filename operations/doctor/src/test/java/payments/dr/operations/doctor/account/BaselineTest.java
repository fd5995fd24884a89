package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;

import org.junit.jupiter.api.Test;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.iam.model.GetRoleRequest;
import software.amazon.awssdk.services.iam.model.GetRoleResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What an account may have before its stack makes it, and what it must have. */
class BaselineTest {

  private static final String HERE = "us-east-1";

  private final FakeAws aws = new FakeAws();

  @Test
  void role_of_aws_config_that_somebody_else_made_is_found() {
    ConfigServiceRole check = new ConfigServiceRole("account-prod", "222222222222");

    assertOk(
        aws.on(GetRoleRequest.class, NoSuchEntityException.builder().build()).ask(check),
        "account-prod makes it");
    assertOk(role("AWS Config of account-prod").ask(check), "of account-prod");
    assertNotOk(FAILS, role("made by the console").ask(check), "exists already", "import");
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
  void recorder_that_somebody_else_made_is_found() {
    ConfigRecorder check =
        new ConfigRecorder(HERE, "account-prod", "acme-primary-records-account-prod");
    aws.on("config:DescribeConfigurationRecorders", "{'ConfigurationRecorders': []}")
        .on("config:DescribeDeliveryChannels", "{'DeliveryChannels': []}");

    assertOk(aws.ask(check), "account-prod makes it");
    aws.on(
        "config:DescribeConfigurationRecorders",
        "{'ConfigurationRecorders': [{'name': 'default'}]}");
    assertNotOk(FAILS, aws.ask(check), "\"default\" into no bucket", "terraform import");
    aws.on("config:DescribeDeliveryChannels", channel("landing-zone"));
    assertNotOk(FAILS, aws.ask(check), "\"default\" into landing-zone", "baseline.enabled: false");
    aws.on("config:DescribeDeliveryChannels", channel("acme-primary-records-account-prod"));
    assertOk(aws.ask(check), "records into acme-primary-records-account-prod");
  }

  private static String channel(String bucket) {
    return "{'DeliveryChannels': [{'name': 'default', 's3BucketName': '%s'}]}".formatted(bucket);
  }

  @Test
  void detector_that_somebody_else_made_is_found() {
    ThreatDetection check =
        new ThreatDetection(HERE, "account-prod", "primary-guardduty-account-prod", "222222222222");

    assertOk(aws.on("guardduty:ListDetectors", "{'detectorIds': []}").ask(check), "makes it");
    aws.on("guardduty:ListDetectors", "{'detectorIds': ['d1']}");
    assertNotOk(
        FAILS, aws.on("guardduty:GetDetector", "{'tags': {}}").ask(check), "detector d1", "import");
    assertOk(
        aws.on("guardduty:GetDetector", "{'tags': {'Name': 'primary-guardduty-account-prod'}}")
            .ask(check),
        "detector d1 of account-prod");
  }

  @Test
  void security_hub_that_is_on_before_the_account_stack_is_found() {
    SecurityStandards check =
        new SecurityStandards(
            HERE, "account-prod", StateBackend.S3.of("acme-state", "us-east-2", "account-prod"));

    assertOk(
        aws.refuses("securityhub:DescribeHub", "InvalidAccessException").ask(check),
        "account-prod switches it on");
    aws.on("securityhub:DescribeHub", "{'HubArn': 'arn'}");
    assertNotOk(
        FAILS,
        aws.on(ListObjectsV2Request.class, ListObjectsV2Response.builder().build()).ask(check),
        "got Security Hub",
        "import");
    assertNotOk(
        FAILS,
        aws.on(ListObjectsV2Request.class, NoSuchBucketException.builder().build()).ask(check),
        "got Security Hub",
        "import");
    assertOk(
        aws.on(
                ListObjectsV2Request.class,
                ListObjectsV2Response.builder()
                    .contents(S3Object.builder().key("account-prod/terraform.tfstate").build())
                    .build())
            .ask(check),
        "account-prod has a state");
  }

  private FakeAws role(String description) {
    return aws.on(
        GetRoleRequest.class,
        GetRoleResponse.builder()
            .role(role -> role.description(description).arn("arn:aws:iam::222222222222:role/x"))
            .build());
  }
}
