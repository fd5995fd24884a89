package payments.dr.modules.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.accessanalyzer_analyzer.AccessanalyzerAnalyzer;
import com.hashicorp.cdktf.providers.aws.cloudtrail.Cloudtrail;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder.ConfigConfigurationRecorder;
import com.hashicorp.cdktf.providers.aws.config_configuration_recorder_status.ConfigConfigurationRecorderStatus;
import com.hashicorp.cdktf.providers.aws.config_delivery_channel.ConfigDeliveryChannel;
import com.hashicorp.cdktf.providers.aws.ebs_encryption_by_default.EbsEncryptionByDefault;
import com.hashicorp.cdktf.providers.aws.guardduty_detector.GuarddutyDetector;
import com.hashicorp.cdktf.providers.aws.guardduty_detector_feature.GuarddutyDetectorFeature;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.securityhub_finding_aggregator.SecurityhubFindingAggregator;
import com.hashicorp.cdktf.providers.aws.securityhub_standards_subscription.SecurityhubStandardsSubscription;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.baseline.BaselineSettings;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class AccountBaselineTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    new AccountBaseline(
        new AccountBaselineProps(
            TestStack.NAMES,
            SettingsFactory.of(BaselineSettings.class, "enabled", true, "auditRetentionDays", 500),
            stack.regions()));
    synthesized = stack.synthesize();
  }

  @Test
  void it_is_off_unless_asked_for() {
    assertEquals(
        SettingsFactory.of(BaselineSettings.class, "enabled", false, "auditRetentionDays", 400),
        SettingsFactory.of(BaselineSettings.class));
    assertEquals(
        "auditRetentionDays must be 365 to 3650, got 364",
        assertThrows(
                InvalidSettingsException.class,
                () ->
                    SettingsFactory.of(
                        BaselineSettings.class, "enabled", true, "auditRetentionDays", 364))
            .getMessage());
  }

  @Test
  void one_trail_records_every_region_and_lives_in_the_dr_region() {
    JsonNode trail = synthesized.only(Cloudtrail.TF_RESOURCE_TYPE);

    assertEquals("trail-test", trail.path("name").asText());
    assertEquals("aws.dr", trail.path("provider").asText());
    assertTrue(trail.path("is_multi_region_trail").asBoolean());
    assertTrue(trail.path("include_global_service_events").asBoolean());
    assertTrue(trail.path("enable_log_file_validation").asBoolean());
    assertTrue(trail.path("kms_key_id").asText().contains("dr_encryption_audit_"));
    assertTrue(trail.path("s3_bucket_name").asText().contains("dr_audit_records_bucket_"));
  }

  @Test
  void the_trail_sees_what_moves_traffic_and_data_in_every_environment() {
    Map<String, Set<String>> seen = new TreeMap<>();
    for (JsonNode selector :
        synthesized.only(Cloudtrail.TF_RESOURCE_TYPE).path("advanced_event_selector")) {
      Set<String> within = new TreeSet<>();
      selector
          .path("field_selector")
          .forEach(field -> field.path("starts_with").forEach(it -> within.add(it.asText())));
      seen.put(selector.path("name").asText(), within);
    }

    assertEquals(
        Map.of(
            "management",
            Set.of(),
            "states and audit rows",
            Set.of(
                "arn:aws:s3:::acme-state-",
                "arn:aws:s3:::acme-primary-audit-",
                "arn:aws:s3:::acme-dr-audit-"),
            "writes to latches",
            Set.of("arn:aws:s3:::acme-primary-latch-", "arn:aws:s3:::acme-dr-latch-"),
            "writes to ledgers",
            Set.of(
                "arn:aws:dynamodb:us-east-1:123456789012:table/primary-ledger-",
                "arn:aws:dynamodb:us-east-2:123456789012:table/dr-ledger-")),
        seen);
  }

  /** Each of its files would be an event that makes the next file. */
  @Test
  void the_trail_does_not_record_its_own_deliveries() {
    String selectors =
        synthesized.only(Cloudtrail.TF_RESOURCE_TYPE).path("advanced_event_selector").toString();

    assertFalse(selectors.contains("-records-"), selectors);
  }

  @ParameterizedTest
  @EnumSource
  void each_region_keeps_its_records_and_nobody_deletes_them(RegionRole role) {
    JsonNode policy =
        SynthesizedStack.embedded(
            synthesized
                .only(S3BucketPolicy.TF_RESOURCE_TYPE, role.id() + "_audit_records_")
                .path("policy"));
    Map<String, JsonNode> statements = new TreeMap<>();
    policy.path("Statement").forEach(it -> statements.put(it.path("Sid").asText(), it));

    assertEquals("Deny", statements.get("RefuseDeletionOfVersions").path("Effect").asText());
    for (String sid : Set.of("LookByServices", "WriteByServices")) {
      assertEquals(
          TestStack.ACCOUNT,
          statements.get(sid).at("/Condition/StringEquals/aws:SourceAccount").asText(),
          sid);
    }
    assertEquals(
        "arn:aws:s3:::acme-" + role.id() + "-records-test/AWSLogs/" + TestStack.ACCOUNT + "/*",
        statements.get("WriteByServices").path("Resource").asText());
  }

  @ParameterizedTest
  @EnumSource
  void each_region_records_its_configuration_and_one_of_them_that_of_iam(RegionRole role) {
    JsonNode recorder = only(ConfigConfigurationRecorder.TF_RESOURCE_TYPE, role, "config");
    JsonNode channel = only(ConfigDeliveryChannel.TF_RESOURCE_TYPE, role, "config");

    assertTrue(recorder.at("/recording_group/all_supported").asBoolean());
    assertEquals(
        role == RegionRole.DR,
        recorder.at("/recording_group/include_global_resource_types").asBoolean());
    assertTrue(
        channel.path("s3_bucket_name").asText().contains(role.id() + "_audit_"), channel::toString);
    assertTrue(
        only(ConfigConfigurationRecorderStatus.TF_RESOURCE_TYPE, role, "config")
            .path("is_enabled")
            .asBoolean());
  }

  @ParameterizedTest
  @EnumSource
  void each_region_is_watched(RegionRole role) {
    assertTrue(
        only(GuarddutyDetector.TF_RESOURCE_TYPE, role, "guardduty").path("enable").asBoolean());
    assertEquals(
        "ACCOUNT",
        only(AccessanalyzerAnalyzer.TF_RESOURCE_TYPE, role, "access-analyzer")
            .path("type")
            .asText());
    assertTrue(
        only(EbsEncryptionByDefault.TF_RESOURCE_TYPE, role, "volume-encryption")
            .path("enabled")
            .asBoolean());
    Set<String> features = new TreeSet<>();
    of(GuarddutyDetectorFeature.TF_RESOURCE_TYPE, role)
        .forEach(feature -> features.add(feature.path("name").asText()));
    assertTrue(features.contains("RDS_LOGIN_EVENTS"), features::toString);
    Set<String> standards = new TreeSet<>();
    of(SecurityhubStandardsSubscription.TF_RESOURCE_TYPE, role)
        .forEach(it -> standards.add(it.path("standards_arn").asText().replaceFirst(".*/v/", "")));
    assertEquals(Set.of("1.0.0", "3.0.0", "4.0.1"), standards);
  }

  @Test
  void findings_of_the_primary_region_can_be_read_when_it_is_gone() {
    JsonNode aggregator = synthesized.only(SecurityhubFindingAggregator.TF_RESOURCE_TYPE);

    assertEquals("aws.dr", aggregator.path("provider").asText());
    assertEquals("[\"us-east-1\"]", aggregator.path("specified_regions").toString());
  }

  private static JsonNode only(String type, RegionRole role, String construct) {
    return synthesized.only(type, role.id() + "_" + construct + "_");
  }

  private static Iterable<JsonNode> of(String type, RegionRole role) {
    Map<String, JsonNode> found = synthesized.resources(type);
    found.keySet().removeIf(address -> !address.startsWith(type + "." + role.id() + "_"));
    return found.values();
  }
}
