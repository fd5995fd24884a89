package payments.dr.modules.monitoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_alarm.CloudwatchMetricAlarm;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_stream.CloudwatchMetricStream;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStream;
import com.hashicorp.cdktf.providers.aws.s3_bucket.S3Bucket;
import com.hashicorp.cdktf.providers.aws.s3_bucket_lifecycle_configuration.S3BucketLifecycleConfiguration;
import com.hashicorp.cdktf.providers.aws.s3_bucket_replication_configuration.S3BucketReplicationConfigurationA;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class MetricArchiveTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<AccessLogs> logs =
        stack
            .regions()
            .map(
                region ->
                    new AccessLogs(
                        region,
                        "access-logs",
                        new AccessLogsProps(
                            TestStack.NAMES.bucket(region.role(), "access-logs"),
                            SettingsFactory.of(StorageSettings.class),
                            true,
                            true)));
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<MetricArchive> archives =
        stack
            .regions()
            .zip(
                keys,
                (region, regionKeys) ->
                    new MetricArchive(
                        region,
                        "metric-archive",
                        new MetricArchiveProps(
                            TestStack.NAMES,
                            SettingsFactory.of(MonitoringSettings.class),
                            regionKeys,
                            logs.get(region.role()),
                            "PaymentsDr",
                            "arn:topic",
                            true)));
    new ArchiveReplication(
        "metric-replication",
        new ArchiveReplicationProps(TestStack.NAMES, stack.regions(), keys, archives));
    synthesized = stack.synthesize();
  }

  @ParameterizedTest
  @EnumSource
  void stream_delivery_bucket_and_alarms_share_one_region(RegionRole role) {
    String prefix = role.id() + "_metric-archive";
    for (String type :
        new String[] {
          CloudwatchMetricStream.TF_RESOURCE_TYPE,
          KinesisFirehoseDeliveryStream.TF_RESOURCE_TYPE,
          S3Bucket.TF_RESOURCE_TYPE,
          CloudwatchLogGroup.TF_RESOURCE_TYPE
        }) {
      assertEquals(
          "aws." + role.id(), synthesized.only(type, prefix).path("provider").asText(), type);
    }
  }

  @Test
  void stream_carries_what_this_system_runs_and_nothing_else() {
    JsonNode stream =
        synthesized.only(CloudwatchMetricStream.TF_RESOURCE_TYPE, "primary_metric-archive");

    assertEquals("primary-metric-stream-test", stream.path("name").asText());
    assertTrue(stream.path("exclude_filter").isMissingNode());
    assertEquals(
        List.of(
            "AWS/ApplicationELB",
            "AWS/AutoScaling",
            "AWS/Backup",
            "AWS/DynamoDB",
            "AWS/Lambda",
            "AWS/RDS",
            "PaymentsDr"),
        stream.path("include_filter").findValuesAsText("namespace"));
  }

  @ParameterizedTest
  @EnumSource
  void delivery_is_encrypted_compressed_and_logged(RegionRole role) {
    JsonNode delivery =
        synthesized.only(
            KinesisFirehoseDeliveryStream.TF_RESOURCE_TYPE, role.id() + "_metric-archive");
    String key = "." + role.id() + "_encryption_storage_";

    assertEquals(role.id() + "-metrics-test", delivery.path("name").asText());
    assertEquals("CUSTOMER_MANAGED_CMK", delivery.at("/server_side_encryption/key_type").asText());
    assertTrue(delivery.at("/server_side_encryption/key_arn").asText().contains(key));
    assertEquals("GZIP", delivery.at("/extended_s3_configuration/compression_format").asText());
    assertTrue(delivery.at("/extended_s3_configuration/kms_key_arn").asText().contains(key));
    assertEquals("errors/", delivery.at("/extended_s3_configuration/error_output_prefix").asText());
    assertTrue(
        delivery.at("/extended_s3_configuration/cloudwatch_logging_options/enabled").asBoolean());
    assertTrue(
        synthesized
            .only(CloudwatchLogGroup.TF_RESOURCE_TYPE, role.id() + "_metric-archive")
            .path("kms_key_id")
            .asText()
            .contains("." + role.id() + "_encryption_logs_"));
  }

  @ParameterizedTest
  @EnumSource
  void bucket_is_encrypted_with_the_storage_key_and_forgets_after_the_retention(RegionRole role) {
    String prefix = role.id() + "_metric-archive";

    assertEquals(
        "acme-" + role.id() + "-metrics-test",
        synthesized.only(S3Bucket.TF_RESOURCE_TYPE, prefix).path("bucket").asText());
    assertTrue(
        synthesized
            .only(S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE, prefix)
            .at("/rule/0/apply_server_side_encryption_by_default/kms_master_key_id")
            .asText()
            .contains("." + role.id() + "_encryption_storage_"));
    assertEquals(
        90,
        synthesized
            .only(S3BucketLifecycleConfiguration.TF_RESOURCE_TYPE, prefix)
            .at("/rule/0/expiration/days")
            .asInt());
  }

  @Test
  void roles_may_do_their_step_and_no_more() {
    JsonNode stream = policy("primary_metric-archive_role").at("/Statement/0");
    assertEquals(
        "[\"firehose:PutRecord\",\"firehose:PutRecordBatch\"]", stream.path("Action").toString());
    assertTrue(stream.path("Resource").asText().endsWith(".arn}"), stream::toString);
    JsonNode records = policy("primary_metric-archive_role").at("/Statement/1");
    assertEquals("[\"kms:GenerateDataKey\",\"kms:Decrypt\"]", records.path("Action").toString());
    assertTrue(
        records.path("Resource").asText().contains("primary_encryption_storage_"),
        records::toString);
    assertEquals(
        "firehose.us-east-1.amazonaws.com",
        records.at("/Condition/StringEquals/kms:ViaService").asText());

    JsonNode delivery = policy("primary_metric-archive_delivery_role");
    delivery
        .path("Statement")
        .forEach(
            statement -> {
              assertFalse(statement.path("Action").toString().contains("*"), statement::toString);
              assertFalse(statement.path("Resource").asText().equals("*"), statement::toString);
            });
    assertEquals(
        "s3.us-east-1.amazonaws.com",
        delivery.at("/Statement/2/Condition/StringEquals/kms:ViaService").asText());
  }

  /** AWS documents neither as sending its account: the condition could never be met. */
  @Test
  void roles_trust_their_service_without_condition() {
    Map<String, String> services =
        Map.of(
            "primary_metric-archive_role", "streams.metrics.cloudwatch.amazonaws.com",
            "primary_metric-archive_delivery_role", "firehose.amazonaws.com");
    services.forEach(
        (prefix, service) -> {
          JsonNode role = synthesized.only(IamRole.TF_RESOURCE_TYPE, prefix);
          JsonNode trust =
              SynthesizedStack.embedded(role.path("assume_role_policy")).at("/Statement/0");

          assertEquals(service, trust.at("/Principal/Service").asText());
          assertFalse(trust.has("Condition"), trust::toString);
        });
  }

  @ParameterizedTest
  @EnumSource
  void errors_and_stale_delivery_alarm(RegionRole role) {
    JsonNode errors =
        synthesized.only(
            CloudwatchMetricAlarm.TF_RESOURCE_TYPE, role.id() + "_metric-archive_publish-errors");
    JsonNode stale =
        synthesized.only(
            CloudwatchMetricAlarm.TF_RESOURCE_TYPE, role.id() + "_metric-archive_stale-delivery");

    assertEquals("PublishErrorRate", errors.path("metric_name").asText());
    assertEquals(
        role.id() + "-metric-stream-test", errors.at("/dimensions/MetricStreamName").asText());
    assertEquals("DeliveryToS3.DataFreshness", stale.path("metric_name").asText());
    assertEquals(900, stale.path("threshold").asInt());
  }

  /** The archive of a lost Region must be readable without that Region's bucket and key. */
  @ParameterizedTest
  @EnumSource
  void archive_is_copied_to_the_other_regions_bucket_under_its_key(RegionRole role) {
    String peer = role == RegionRole.PRIMARY ? "dr" : "primary";
    JsonNode replication =
        synthesized.only(
            S3BucketReplicationConfigurationA.TF_RESOURCE_TYPE, role.id() + "_metric-replication");
    JsonNode rule = replication.at("/rule/0");

    assertTrue(
        replication.path("bucket").asText().contains("." + role.id() + "_metric-archive_"),
        replication::toString);
    assertEquals("metrics/", rule.at("/filter/prefix").asText());
    assertEquals(
        "Enabled", rule.at("/source_selection_criteria/sse_kms_encrypted_objects/status").asText());
    assertTrue(
        rule.at("/destination/bucket").asText().contains("." + peer + "_metric-archive_"),
        rule::toString);
    assertTrue(
        rule.at("/destination/encryption_configuration/replica_kms_key_id")
            .asText()
            .contains("." + peer + "_encryption_storage_"),
        rule::toString);
    assertEquals(2, replication.path("depends_on").size());
  }

  private static JsonNode policy(String prefix) {
    return SynthesizedStack.embedded(
        synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE, prefix).path("policy"));
  }
}
