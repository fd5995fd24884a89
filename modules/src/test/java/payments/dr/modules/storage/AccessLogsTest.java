package payments.dr.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_logging.S3BucketLoggingA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class AccessLogsTest {

  private static final String OWN_LOGS =
      "arn:aws:s3:::acme-dr-access-logs-test/alb/AWSLogs/" + TestStack.ACCOUNT + "/*";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    stack.accessLogs();
    synthesized = stack.synthesize();
  }

  @ParameterizedTest
  @EnumSource
  void bucket_is_named_after_its_region_and_keeps_its_content(RegionRole role) {
    JsonNode bucket = synthesized.only(S3Bucket.TF_RESOURCE_TYPE, role.id());

    assertEquals("acme-" + role.id() + "-access-logs-test", bucket.path("bucket").asText());
    assertFalse(bucket.path("force_destroy").asBoolean());
  }

  @Test
  void load_balancers_deliver_below_the_own_accounts_prefix() {
    JsonNode statement = statement("dr", "DeliverLoadBalancerLogs");

    assertEquals(
        "logdelivery.elasticloadbalancing.amazonaws.com",
        statement.at("/Principal/Service").asText());
    assertEquals("s3:PutObject", statement.path("Action").asText());
    assertEquals(OWN_LOGS, statement.path("Resource").asText());
    assertEquals(
        TestStack.ACCOUNT, statement.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  @ParameterizedTest
  @CsvSource({"primary, 127311923021", "dr, 033677994240"})
  void older_regions_deliver_from_aws_account_of_their_own(String role, String account) {
    assertEquals(
        "arn:aws:iam::" + account + ":root",
        statement(role, "DeliverLoadBalancerLogsByAccount").at("/Principal/AWS").asText());
  }

  @Test
  void buckets_deliver_below_their_own_prefix() {
    JsonNode statement = statement("dr", "DeliverBucketLogs");

    assertEquals("logging.s3.amazonaws.com", statement.at("/Principal/Service").asText());
    assertEquals("arn:aws:s3:::acme-dr-access-logs-test/s3/*", statement.path("Resource").asText());
    assertEquals(
        TestStack.ACCOUNT, statement.at("/Condition/StringEquals/aws:SourceAccount").asText());
  }

  @Test
  void log_delivery_cannot_use_own_keys() {
    assertEquals(
        "AES256",
        synthesized
            .only(S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE, "dr")
            .at("/rule/0/apply_server_side_encryption_by_default/sse_algorithm")
            .asText());
  }

  @Test
  void log_bucket_does_not_log_itself() {
    assertEquals(Map.of(), synthesized.resources(S3BucketLoggingA.TF_RESOURCE_TYPE));
  }

  @Test
  void logs_go_after_their_retention() {
    assertEquals(
        400,
        synthesized
            .only(S3BucketLifecycleConfiguration.TF_RESOURCE_TYPE, "dr")
            .at("/rule/0/expiration/days")
            .asInt());
  }

  @ParameterizedTest
  @CsvSource({"0", "3651"})
  void bad_retention_is_refused(int days) {
    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class,
            () -> SettingsFactory.of(StorageSettings.class, "accessLogRetentionDays", days));

    assertEquals("accessLogRetentionDays must be 1 to 3650, got " + days, refused.getMessage());
  }

  private static JsonNode statement(String role, String sid) {
    JsonNode policy =
        SynthesizedStack.embedded(
            synthesized.only(S3BucketPolicy.TF_RESOURCE_TYPE, role).path("policy"));
    for (JsonNode statement : policy.path("Statement")) {
      if (statement.path("Sid").asText().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError("expected statement " + sid + ", found " + policy);
  }
}
