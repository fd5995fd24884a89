package payments.dr.modules.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.region.Region;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class RestoreTestsTest {

  private static final String PLAN = "aws_backup_restore_testing_plan";
  private static final String SELECTION = "aws_backup_restore_testing_selection";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    Region region = stack.regions().dr();
    EncryptionKeys keys = stack.keys().dr();
    BackupVault vault =
        new BackupVault(
            region,
            "backup-vault",
            new BackupVaultProps(
                TestStack.NAMES, SettingsFactory.of(BackupSettings.class), keys, true));
    new RestoreTests(
        region,
        "restore-tests",
        new RestoreTestsProps(
            TestStack.NAMES,
            SettingsFactory.of(RestoreTestSettings.class),
            keys,
            vault,
            "vpc-1",
            List.of("subnet-1", "subnet-2"),
            List.of("us-east-2a", "us-east-2b"),
            List.of(source("v1", ""), source("v2", "-v2"))));
    synthesized = stack.synthesize();
  }

  private static BackupSource source(String generation, String suffix) {
    return new BackupSource(
        generation,
        suffix,
        new RegionPair<>("arn:primary-cluster-" + generation, "arn:dr-cluster-" + generation),
        new RegionPair<>("arn:primary-table-" + generation, "arn:dr-table-" + generation));
  }

  @Test
  void newest_points_of_the_regions_own_vault_are_restored_twice_a_week() {
    JsonNode plan = synthesized.only(PLAN);
    JsonNode chosen = plan.at("/recovery_point_selection/0");

    assertEquals("aws.dr", plan.path("provider").asText());
    assertEquals("restore_tests_test", plan.path("name").asText());
    assertEquals("cron(0 9 ? * SUN,WED *)", plan.path("schedule_expression").asText());
    assertEquals(1, plan.path("start_window_hours").asInt());
    assertEquals("LATEST_WITHIN_WINDOW", chosen.path("algorithm").asText());
    assertEquals(1, chosen.path("include_vaults").size());
    assertTrue(
        chosen.at("/include_vaults/0").asText().contains(".dr_backup-vault_"), chosen::toString);
    assertEquals(
        "[\"arn:aws:backup:us-east-2:123456789012:backup-vault:Default\"]",
        chosen.path("exclude_vaults").toString());
    assertEquals("[\"SNAPSHOT\"]", chosen.path("recovery_point_types").toString());
    assertEquals(2, chosen.path("selection_window_days").asInt());
  }

  /** A copy while this Region follows, a backup of its own once it writes. */
  @Test
  void clusters_and_tables_of_both_regions_are_restored_of_each_generation() {
    Map<String, String> selected = new TreeMap<>();
    synthesized
        .resources(SELECTION)
        .values()
        .forEach(
            it ->
                selected.put(
                    it.path("name").asText(),
                    it.path("protected_resource_type").asText()
                        + it.path("protected_resource_arns")));

    assertEquals(
        Map.of(
            named("aurora_v1", "arn:primary-cluster-v1,arn:dr-cluster-v1"),
            "Aurora[\"arn:primary-cluster-v1\",\"arn:dr-cluster-v1\"]",
            named("aurora_v2", "arn:primary-cluster-v2,arn:dr-cluster-v2"),
            "Aurora[\"arn:primary-cluster-v2\",\"arn:dr-cluster-v2\"]",
            named("dynamodb_v1", "arn:primary-table-v1,arn:dr-table-v1"),
            "DynamoDB[\"arn:primary-table-v1\",\"arn:dr-table-v1\"]",
            named("dynamodb_v2", "arn:primary-table-v2,arn:dr-table-v2"),
            "DynamoDB[\"arn:primary-table-v2\",\"arn:dr-table-v2\"]"),
        selected);
  }

  /** Other ARNs make another name, and another name another selection: it is never changed. */
  private static String named(String what, String arns) {
    return what + "_${substr(sha256(\"" + arns + "\"), 0, 8)}";
  }

  @Test
  void nobody_reaches_a_restored_cluster_and_it_is_under_the_own_key() {
    JsonNode overrides =
        synthesized
            .only(SELECTION, "dr_restore-tests_aurora-v2")
            .path("restore_metadata_overrides");
    String group = synthesized.resources(SecurityGroup.TF_RESOURCE_TYPE).keySet().iterator().next();

    assertEquals(
        "${jsonencode([\"${" + group + ".id}\"])}", overrides.path("vpcSecurityGroupIds").asText());
    assertEquals(
        "${jsonencode([\"us-east-2a\", \"us-east-2b\"])}",
        overrides.path("availabilityZones").asText());
    assertTrue(
        overrides.path("dbSubnetGroupName").asText().contains("dr_restore-tests_subnets"),
        overrides::toString);
    assertTrue(overrides.path("kmsKeyId").asText().contains("_data"), overrides::toString);
    JsonNode closed = synthesized.only(SecurityGroup.TF_RESOURCE_TYPE);
    assertTrue(closed.path("ingress").isMissingNode() && closed.path("egress").isMissingNode());
    assertEquals(Map.of(), synthesized.resources("aws_vpc_security_group_ingress_rule"));
    assertEquals(Map.of(), synthesized.resources("aws_vpc_security_group_egress_rule"));
  }

  /** Left alone, AWS Backup restores a table under a key of AWS's. */
  @Test
  void a_restored_table_is_under_the_own_key() {
    JsonNode overrides =
        synthesized
            .only(SELECTION, "dr_restore-tests_dynamodb-v2")
            .path("restore_metadata_overrides");

    assertEquals("KMS", overrides.path("encryptionType").asText());
    assertTrue(overrides.path("kmsMasterKeyArn").asText().contains("_data"), overrides::toString);
  }

  /** Neither a running table nor a running cluster is behind the prefix. */
  @Test
  void its_role_may_write_what_a_test_restores_and_nothing_else() {
    JsonNode policy =
        SynthesizedStack.embedded(synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE).path("policy"));
    Map<String, Set<String>> allowed = new TreeMap<>();
    for (JsonNode statement : policy.path("Statement")) {
      for (String action : texts(statement.path("Action"))) {
        allowed
            .computeIfAbsent(action, key -> new TreeSet<>())
            .addAll(texts(statement.path("Resource")));
      }
    }
    String rds = "arn:aws:rds:us-east-2:123456789012:";

    assertEquals(
        "backup-role-restore-tests-test",
        synthesized.only(IamRole.TF_RESOURCE_TYPE).path("name").asText());
    assertEquals(Map.of(), synthesized.resources(IamRolePolicyAttachment.TF_RESOURCE_TYPE));
    assertEquals(
        Set.of("arn:aws:dynamodb:us-east-2:123456789012:table/awsbackup-restore-test*"),
        allowed.entrySet().stream()
            .filter(it -> it.getKey().startsWith("dynamodb:"))
            .flatMap(it -> it.getValue().stream())
            .collect(Collectors.toSet()));
    assertEquals(
        Set.of(
            rds + "cluster:awsbackup-restore-test*",
            rds + "cluster-snapshot:awsbackup:*",
            rds + "subgrp:dr-restore-tests-test",
            rds + "cluster-pg:default.aurora-postgresql*",
            rds + "og:default:aurora-postgresql-*"),
        allowed.get("rds:RestoreDBClusterFromSnapshot"));
    assertEquals(
        Set.of(rds + "cluster:awsbackup-restore-test*"), allowed.get("rds:AddTagsToResource"));
    assertEquals(
        "dr-restore-tests-test", synthesized.only("aws_db_subnet_group").path("name").asText());
  }

  /** A policy writes one value without a list. */
  private static List<String> texts(JsonNode values) {
    return values.isArray()
        ? values.valueStream().map(JsonNode::asText).toList()
        : List.of(values.asText());
  }
}
