package payments.dr.modules.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.RetentionMode;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class AuditArchiveTest {

  private static final String KEPT = "dr_audit-archive_";
  private static final String THROWN_AWAY = "primary_audit-archive_";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;
  private static AuditArchive archive;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<AccessLogs> accessLogs = stack.accessLogs();
    archive =
        new AuditArchive(
            stack.regions().dr(),
            "audit-archive",
            new AuditArchiveProps(
                TestStack.NAMES,
                settings(500, RetentionMode.COMPLIANCE),
                keys.dr(),
                accessLogs.dr(),
                true));
    new AuditArchive(
        stack.regions().primary(),
        "audit-archive",
        new AuditArchiveProps(
            TestStack.NAMES, settings(null, null), keys.primary(), accessLogs.primary(), false));
    synthesized = stack.synthesize();
  }

  private static FailoverSettings settings(Integer days, RetentionMode mode) {
    return SettingsFactory.of(
        FailoverSettings.class, "auditRetentionDays", days, "auditRetentionMode", mode);
  }

  @Test
  void it_stands_in_its_region_under_that_regions_key() {
    JsonNode bucket = synthesized.only("aws_s3_bucket", KEPT);

    assertEquals("aws.dr", bucket.path("provider").asText());
    assertEquals("acme-dr-audit-test", bucket.path("bucket").asText());
    assertEquals("acme-dr-audit-test", archive.bucketLiteralName());
    assertEquals("arn:aws:s3:::acme-dr-audit-test/audit/*", archive.givenRowsArn());
    assertTrue(
        synthesized
            .only("aws_s3_bucket_server_side_encryption_configuration", KEPT)
            .toString()
            .contains("dr_encryption_storage_"));
    assertTrue(
        synthesized
            .only("aws_s3_bucket_logging", KEPT)
            .path("target_bucket")
            .asText()
            .contains("dr_access-logs_"));
  }

  @Test
  void rows_are_locked_as_the_settings_say_and_expire_no_earlier() {
    assertEquals("{\"days\":500,\"mode\":\"COMPLIANCE\"}", retention(KEPT));
    assertEquals("{\"days\":400,\"mode\":\"GOVERNANCE\"}", retention(THROWN_AWAY));
    assertEquals(500, expirationDays(KEPT));
    assertEquals(400, expirationDays(THROWN_AWAY));
  }

  @Test
  void nobody_overwrites_a_row() {
    for (String bucket : List.of(KEPT, THROWN_AWAY)) {
      JsonNode refused = statement(bucket, "RefuseOverwriting");

      assertEquals("Deny", refused.path("Effect").asText());
      assertEquals("*", refused.path("Principal").asText());
      assertEquals("s3:PutObject", refused.path("Action").asText());
      assertEquals(
          "{\"Null\":{\"s3:if-none-match\":\"true\"}}", refused.path("Condition").toString());
    }
  }

  @Test
  void only_a_throw_away_one_may_lose_versions_or_be_destroyed() {
    JsonNode refused = statement(KEPT, "RefuseDeletionOfVersions");

    assertTrue(refused.path("Action").toString().contains("s3:BypassGovernanceRetention"));
    assertFalse(refused.has("Condition"));
    assertFalse(synthesized.only("aws_s3_bucket", KEPT).path("force_destroy").asBoolean());
    assertEquals(
        List.of("RefusePlainText", "RefuseOldTls", "RefuseOverwriting"), sids(THROWN_AWAY));
    assertTrue(synthesized.only("aws_s3_bucket", THROWN_AWAY).path("force_destroy").asBoolean());
  }

  private static String retention(String bucket) {
    return synthesized
        .only("aws_s3_bucket_object_lock_configuration", bucket)
        .at("/rule/default_retention")
        .toString();
  }

  private static int expirationDays(String bucket) {
    return synthesized
        .only("aws_s3_bucket_lifecycle_configuration", bucket)
        .at("/rule/0/expiration/days")
        .asInt();
  }

  private static JsonNode statements(String bucket) {
    return SynthesizedStack.embedded(
            synthesized.only("aws_s3_bucket_policy", bucket).path("policy"))
        .path("Statement");
  }

  private static JsonNode statement(String bucket, String sid) {
    for (JsonNode statement : statements(bucket)) {
      if (statement.path("Sid").asText().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError(sid + " must be among " + sids(bucket));
  }

  private static List<String> sids(String bucket) {
    List<String> sids = new ArrayList<>();
    statements(bucket).forEach(statement -> sids.add(statement.path("Sid").asText()));
    return sids;
  }
}
