package payments.dr.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.kms_key.KmsKey;
import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket_logging.S3BucketLoggingA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.encryption.EncryptionSettings;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class StateBucketsTest {

  @TempDir static Path outdir;
  @TempDir static Path otherOutdir;

  private static SynthesizedStack synthesized;
  private static SynthesizedStack unprotected;

  @BeforeAll
  static void synthesize() {
    synthesized = stateBuckets(outdir, true);
    unprotected = stateBuckets(otherOutdir, false);
  }

  private static SynthesizedStack stateBuckets(Path folder, boolean protectData) {
    TestStack stack = new TestStack(folder);
    new StateBuckets(
        "state",
        new StateBucketsProps(
            "acme-state-test",
            stack.regions(),
            SettingsFactory.of(EncryptionSettings.class),
            SettingsFactory.of(StorageSettings.class),
            protectData));
    return stack.synthesize();
  }

  @Test
  void state_lies_in_the_dr_region_its_replica_in_the_primary_one() {
    assertEquals("acme-state-test", bucket("dr").path("bucket").asText());
    assertEquals("aws.dr", bucket("dr").path("provider").asText());
    assertEquals("acme-state-test-replica", bucket("primary").path("bucket").asText());
    assertEquals("aws.primary", bucket("primary").path("provider").asText());
  }

  @Test
  void everything_is_replicated_deletions_too_under_the_other_regions_key() {
    JsonNode replication = synthesized.only(S3BucketReplicationConfigurationA.TF_RESOURCE_TYPE);
    JsonNode rule = replication.at("/rule/0");

    assertEquals("aws.dr", replication.path("provider").asText());
    assertTrue(replication.path("bucket").asText().contains(".dr_state_bucket_"));
    assertEquals("Enabled", rule.path("status").asText());
    assertEquals("", rule.at("/filter/prefix").asText());
    assertEquals("Enabled", rule.at("/delete_marker_replication/status").asText());
    assertEquals(
        "Enabled", rule.at("/source_selection_criteria/sse_kms_encrypted_objects/status").asText());
    assertTrue(rule.at("/destination/bucket").asText().contains(".primary_state_bucket_"));
    assertTrue(
        rule.at("/destination/encryption_configuration/replica_kms_key_id")
            .asText()
            .contains(".primary_encryption_state_"));
  }

  @Test
  void replication_may_write_replicas_and_nothing_else() {
    JsonNode policy =
        SynthesizedStack.embedded(synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE).path("policy"));
    Set<String> writes = new TreeSet<>();
    statement(policy, "WriteReplicas")
        .orElseThrow()
        .path("Action")
        .forEach(action -> writes.add(action.asText()));

    assertEquals(Set.of("s3:ReplicateObject", "s3:ReplicateTags", "s3:ReplicateDelete"), writes);
  }

  @ParameterizedTest
  @EnumSource
  void each_bucket_has_a_key_of_its_region_and_refuses_other_encryption(RegionRole role) {
    JsonNode byDefault =
        synthesized
            .only(
                S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE, role.id() + "_state_")
            .at("/rule/0/apply_server_side_encryption_by_default");
    JsonNode refusal = statement(policy(synthesized, role), "RefuseOtherEncryption").orElseThrow();

    assertEquals("aws:kms", byDefault.path("sse_algorithm").asText());
    assertTrue(
        byDefault
            .path("kms_master_key_id")
            .asText()
            .contains("aws_kms_key." + role.id() + "_encryption_state_"));
    assertEquals("Deny", refusal.path("Effect").asText());
    assertEquals(
        "aws:kms",
        refusal.at("/Condition/StringNotEquals/s3:x-amz-server-side-encryption").asText());
    // Without it the header that Terraform does not send would count as another encryption.
    assertEquals("false", refusal.at("/Condition/Null/s3:x-amz-server-side-encryption").asText());
  }

  @ParameterizedTest
  @EnumSource
  void nobody_deletes_versions_of_protected_states(RegionRole role) {
    JsonNode refusal =
        statement(policy(synthesized, role), "RefuseDeletionOfVersions").orElseThrow();

    assertEquals("*", refusal.path("Principal").asText());
    assertEquals("s3:DeleteObjectVersion", refusal.at("/Action/0").asText());
    assertTrue(refusal.path("Condition").isMissingNode());
    assertTrue(statement(policy(unprotected, role), "RefuseDeletionOfVersions").isEmpty());
    assertFalse(bucket(role.id()).path("force_destroy").asBoolean());
    synthesized
        .resources(KmsKey.TF_RESOURCE_TYPE)
        .forEach(
            (address, key) ->
                assertTrue(key.at("/lifecycle/prevent_destroy").asBoolean(), address));
  }

  @ParameterizedTest
  @EnumSource
  void requests_are_logged(RegionRole role) {
    String name = bucket(role.id()).path("bucket").asText();

    assertEquals(
        "s3/" + name + "/",
        synthesized
            .only(S3BucketLoggingA.TF_RESOURCE_TYPE, role.id() + "_state_")
            .path("target_prefix")
            .asText());
    assertEquals(
        name + "-logs",
        synthesized
            .only(S3Bucket.TF_RESOURCE_TYPE, role.id() + "_access-logs_")
            .path("bucket")
            .asText());
  }

  private static JsonNode bucket(String role) {
    return synthesized.only(S3Bucket.TF_RESOURCE_TYPE, role + "_state_");
  }

  private static JsonNode policy(SynthesizedStack stack, RegionRole role) {
    return SynthesizedStack.embedded(
        stack.only(S3BucketPolicy.TF_RESOURCE_TYPE, role.id() + "_state_").path("policy"));
  }

  private static Optional<JsonNode> statement(JsonNode policy, String sid) {
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(statement -> statement.path("Sid").asText().equals(sid))
        .findFirst();
  }
}
