package payments.dr.modules.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_logging.S3BucketLoggingA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_ownership_controls.S3BucketOwnershipControls;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_public_access_block.S3BucketPublicAccessBlock;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_versioning.S3BucketVersioningA;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.storage.RetentionMode;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class PrivateBucketTest {

  private static final String METRICS = "dr_metrics";
  private static final String PLAIN = "dr_plain";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    Region region = stack.regions().dr();
    AccessLogs accessLogs = stack.accessLogs().dr();
    Statement delivery =
        Statement.allow("Deliver").toService("firehose.amazonaws.com").actions("s3:PutObject");
    new PrivateBucket(
        region,
        "metrics",
        region,
        new BucketProps("acme-metrics", "arn:key", 90, accessLogs, List.of(delivery), false));
    new PrivateBucket(
        region, "plain", region, new BucketProps("acme-plain", null, null, null, List.of(), true));
    new PrivateBucket(
        region,
        "locked",
        region,
        new BucketProps(
            "acme-locked",
            "arn:key",
            400,
            null,
            List.of(),
            false,
            new Retention(RetentionMode.COMPLIANCE, 400)));
    synthesized = stack.synthesize();
  }

  static Stream<String> companions() {
    return Stream.of(
        S3BucketLifecycleConfiguration.TF_RESOURCE_TYPE,
        S3BucketOwnershipControls.TF_RESOURCE_TYPE,
        S3BucketPolicy.TF_RESOURCE_TYPE,
        S3BucketPublicAccessBlock.TF_RESOURCE_TYPE,
        S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE,
        S3BucketVersioningA.TF_RESOURCE_TYPE);
  }

  @ParameterizedTest
  @MethodSource("companions")
  void no_bucket_is_without_its_companions(String companion) {
    for (String bucket : List.of(METRICS, PLAIN)) {
      JsonNode found = synthesized.only(companion, bucket);

      assertEquals("aws.dr", found.path("provider").asText());
      assertTrue(
          found.path("bucket").asText().startsWith("${aws_s3_bucket." + bucket + "_"),
          found::toString);
    }
  }

  @Test
  void nothing_can_be_made_public() {
    JsonNode block = synthesized.only(S3BucketPublicAccessBlock.TF_RESOURCE_TYPE, METRICS);

    for (String closed :
        List.of(
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets")) {
      assertTrue(block.path(closed).asBoolean(), closed);
    }
  }

  @Test
  void acls_are_off() {
    assertEquals(
        "BucketOwnerEnforced",
        synthesized
            .only(S3BucketOwnershipControls.TF_RESOURCE_TYPE, METRICS)
            .at("/rule/object_ownership")
            .asText());
  }

  @Test
  void key_encrypts_objects_through_the_bucket_key() {
    JsonNode rule = encryption(METRICS);

    assertEquals("aws:kms", algorithm(rule));
    assertEquals(
        "arn:key", rule.at("/apply_server_side_encryption_by_default/kms_master_key_id").asText());
    assertTrue(rule.path("bucket_key_enabled").asBoolean());
  }

  @Test
  void without_key_s3_encrypts_with_its_own() {
    assertEquals("AES256", algorithm(encryption(PLAIN)));
    assertFalse(encryption(PLAIN).path("bucket_key_enabled").asBoolean());
  }

  @Test
  void plain_text_and_old_tls_are_refused_before_anything_is_allowed() {
    JsonNode statements = policy(METRICS).path("Statement");

    assertEquals("Deny", statements.at("/0/Effect").asText());
    assertEquals("false", statements.at("/0/Condition/Bool/aws:SecureTransport").asText());
    assertEquals("Deny", statements.at("/1/Effect").asText());
    assertEquals("1.2", statements.at("/1/Condition/NumericLessThan/s3:TlsVersion").asText());
    for (int i = 0; i < 2; i++) {
      assertEquals("*", statements.path(i).path("Principal").asText());
      assertEquals("s3:*", statements.path(i).path("Action").asText());
      assertEquals(2, statements.path(i).path("Resource").size());
    }
    assertEquals("Deliver", statements.at("/2/Sid").asText());
  }

  @Test
  void policy_waits_for_the_public_access_block() {
    String awaited =
        synthesized.only(S3BucketPolicy.TF_RESOURCE_TYPE, METRICS).at("/depends_on/0").asText();

    assertTrue(awaited.startsWith("aws_s3_bucket_public_access_block.dr_metrics_"), awaited);
  }

  @Test
  void replaced_versions_and_half_uploads_do_not_pile_up() {
    for (String bucket : List.of(METRICS, PLAIN)) {
      JsonNode rule = lifecycle(bucket);

      assertEquals(30, rule.at("/noncurrent_version_expiration/noncurrent_days").asInt(), bucket);
      assertEquals(
          1, rule.at("/abort_incomplete_multipart_upload/days_after_initiation").asInt(), bucket);
    }
  }

  @Test
  void objects_expire_only_where_asked() {
    assertEquals(90, lifecycle(METRICS).at("/expiration/days").asInt());
    assertFalse(lifecycle(PLAIN).has("expiration"));
  }

  @Test
  void versions_are_kept() {
    assertEquals(
        "Enabled",
        synthesized
            .only(S3BucketVersioningA.TF_RESOURCE_TYPE, METRICS)
            .at("/versioning_configuration/status")
            .asText());
  }

  @Test
  void objects_are_locked_only_where_asked() {
    JsonNode lock = synthesized.only("aws_s3_bucket_object_lock_configuration");

    assertTrue(lock.path("bucket").asText().startsWith("${aws_s3_bucket.dr_locked_"));
    assertEquals("COMPLIANCE", lock.at("/rule/default_retention/mode").asText());
    assertEquals(400, lock.at("/rule/default_retention/days").asInt());
    assertTrue(lock.at("/depends_on/0").asText().startsWith("aws_s3_bucket_versioning.dr_locked_"));
    assertTrue(
        synthesized
            .only(S3Bucket.TF_RESOURCE_TYPE, "dr_locked")
            .path("object_lock_enabled")
            .asBoolean());
    assertFalse(synthesized.only(S3Bucket.TF_RESOURCE_TYPE, METRICS).has("object_lock_enabled"));
  }

  @Test
  void requests_are_logged_below_the_buckets_name() {
    JsonNode logging = synthesized.only(S3BucketLoggingA.TF_RESOURCE_TYPE);

    assertTrue(
        logging.path("target_bucket").asText().startsWith("${aws_s3_bucket.dr_access-logs_"),
        logging::toString);
    assertEquals("s3/acme-metrics/", logging.path("target_prefix").asText());
  }

  @Test
  void content_is_destroyed_only_where_allowed() {
    assertFalse(forceDestroy(METRICS));
    assertTrue(forceDestroy(PLAIN));
  }

  private static boolean forceDestroy(String bucket) {
    return synthesized.only(S3Bucket.TF_RESOURCE_TYPE, bucket).path("force_destroy").asBoolean();
  }

  private static JsonNode encryption(String bucket) {
    return synthesized
        .only(S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE, bucket)
        .at("/rule/0");
  }

  private static String algorithm(JsonNode rule) {
    return rule.at("/apply_server_side_encryption_by_default/sse_algorithm").asText();
  }

  private static JsonNode lifecycle(String bucket) {
    return synthesized.only(S3BucketLifecycleConfiguration.TF_RESOURCE_TYPE, bucket).at("/rule/0");
  }

  private static JsonNode policy(String bucket) {
    return SynthesizedStack.embedded(
        synthesized.only(S3BucketPolicy.TF_RESOURCE_TYPE, bucket).path("policy"));
  }
}
