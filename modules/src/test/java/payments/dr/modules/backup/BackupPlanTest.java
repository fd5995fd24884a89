package payments.dr.modules.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.backup_selection.BackupSelection;
import com.hashicorp.cdktf.providers.aws.backup_vault_lock_configuration.BackupVaultLockConfiguration;
import com.hashicorp.cdktf.providers.aws.backup_vault_policy.BackupVaultPolicy;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.backup.HourlyBackupSettings;
import payments.dr.configuration.backup.MonthlyBackupSettings;
import payments.dr.configuration.backup.VaultLockSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class BackupPlanTest {

  private static final String PLAN =
      com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlan.TF_RESOURCE_TYPE;
  private static final String VAULT =
      com.hashicorp.cdktf.providers.aws.backup_vault.BackupVault.TF_RESOURCE_TYPE;
  private static final String REGION_SETTINGS =
      com.hashicorp.cdktf.providers.aws.backup_region_settings.BackupRegionSettings
          .TF_RESOURCE_TYPE;

  @TempDir static Path outdir;
  @TempDir static Path otherOutdir;

  private static SynthesizedStack synthesized;
  private static SynthesizedStack minimal;

  @BeforeAll
  static void synthesize() {
    synthesized =
        backedUp(
            outdir,
            SettingsFactory.of(
                BackupSettings.class,
                "monthly",
                SettingsFactory.of(MonthlyBackupSettings.class),
                "vaultLock",
                new VaultLockSettings(1, 365, 3)),
            true);
    minimal =
        backedUp(
            otherOutdir,
            SettingsFactory.of(
                BackupSettings.class,
                "hourly",
                SettingsFactory.of(HourlyBackupSettings.class, "enabled", false)),
            false);
  }

  private static SynthesizedStack backedUp(
      Path outdir, BackupSettings settings, boolean protectData) {
    TestStack stack = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<BackupVault> vaults =
        stack
            .regions()
            .zip(
                keys,
                (region, regionKeys) ->
                    new BackupVault(
                        region,
                        "backup-vault",
                        new BackupVaultProps(TestStack.NAMES, settings, regionKeys, protectData)));
    BackupPlan.pair(
        "backup",
        new BackupPlanProps(
            TestStack.NAMES,
            settings,
            stack.regions(),
            vaults,
            List.of(source("v1", ""), source("v2", "-v2"))));
    stack.regions().map(region -> new BackupOptIn(region, "backup-settings"));
    return stack.synthesize();
  }

  private static BackupSource source(String generation, String suffix) {
    return new BackupSource(
        generation,
        suffix,
        new RegionPair<>("arn:primary-cluster-" + generation, "arn:dr-cluster-" + generation),
        new RegionPair<>("arn:primary-table-" + generation, "arn:dr-table-" + generation));
  }

  @ParameterizedTest
  @EnumSource
  void hourly_points_live_a_day_and_stay_in_their_region(RegionRole role) {
    String plan = role.id() + "_backup_plan";
    JsonNode rule = rule(plan, "hourly");

    assertEquals("backup-plan-test", plan(plan).path("name").asText());
    assertEquals("aws." + role.id(), plan(plan).path("provider").asText());
    assertTrue(
        rule.path("target_vault_name").asText().contains("." + role.id() + "_backup-vault_"),
        rule::toString);
    assertEquals(1, rule.at("/lifecycle/delete_after").asInt());
    assertTrue(rule.path("copy_action").isMissingNode());
  }

  @ParameterizedTest
  @EnumSource
  void daily_points_are_copied_to_the_other_vault_with_a_lifecycle_of_their_own(RegionRole role) {
    JsonNode rule = rule(role.id() + "_backup_plan", "daily");

    assertEquals(30, rule.at("/lifecycle/delete_after").asInt());
    assertTrue(
        rule.at("/copy_action/0/destination_vault_arn")
            .asText()
            .contains("." + role.other().id() + "_backup-vault_"),
        rule::toString);
    assertEquals(30, rule.at("/copy_action/0/lifecycle/delete_after").asInt());
  }

  @Test
  void every_rule_has_its_windows() {
    synthesized
        .resources(PLAN)
        .forEach(
            (address, plan) ->
                plan.path("rule")
                    .forEach(
                        rule -> {
                          assertEquals(60, rule.path("start_window").asInt(), address);
                          assertTrue(rule.path("completion_window").asInt() >= 120, address);
                        }));
  }

  @ParameterizedTest
  @EnumSource
  void plan_with_aurora_has_no_cold_storage(RegionRole role) {
    assertFalse(plan(role.id() + "_backup_plan").toString().contains("cold_storage_after"));
  }

  @ParameterizedTest
  @EnumSource
  void session_archive_has_cold_storage_and_holds_no_cluster(RegionRole role) {
    JsonNode rule = rule(role.id() + "_backup_archive", "monthly");

    assertEquals(30, rule.at("/lifecycle/cold_storage_after").asInt());
    assertEquals(365, rule.at("/lifecycle/delete_after").asInt());
    assertEquals(30, rule.at("/copy_action/0/lifecycle/cold_storage_after").asInt());
    assertEquals(365, rule.at("/copy_action/0/lifecycle/delete_after").asInt());
    assertEquals(
        List.of("arn:" + role.id() + "-table-v2"),
        texts(selection(role, "session-archive-v2").path("resources")));
  }

  @ParameterizedTest
  @EnumSource
  void each_generation_has_a_selection_of_the_regions_own_cluster_and_table(RegionRole role) {
    assertEquals("databases-test", selection(role, "databases-v1").path("name").asText());
    assertEquals("databases-v2-test", selection(role, "databases-v2").path("name").asText());
    assertEquals(
        List.of("arn:" + role.id() + "-cluster-v2", "arn:" + role.id() + "-table-v2"),
        texts(selection(role, "databases-v2").path("resources")));
  }

  @ParameterizedTest
  @EnumSource
  void one_role_backs_up_in_both_regions(RegionRole role) {
    assertTrue(
        selection(role, "databases-v2")
            .path("iam_role_arn")
            .asText()
            .matches("\\$\\{aws_iam_role\\.primary_backup_role_\\w+\\.arn}"));
  }

  @Test
  void role_is_assumed_by_aws_backup_which_tells_no_account() {
    JsonNode role = synthesized.only(IamRole.TF_RESOURCE_TYPE, "primary_backup_role");
    JsonNode trust = SynthesizedStack.embedded(role.path("assume_role_policy")).at("/Statement/0");

    assertEquals("backup-role-test", role.path("name").asText());
    assertEquals("backup.amazonaws.com", trust.at("/Principal/Service").asText());
    assertTrue(trust.path("Condition").isMissingNode(), trust::toString);
    assertEquals(
        Set.of(
            "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
            "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForRestores"),
        synthesized.resources(IamRolePolicyAttachment.TF_RESOURCE_TYPE).values().stream()
            .map(attachment -> attachment.path("policy_arn").asText())
            .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void each_region_has_a_vault_under_its_own_key(RegionRole role) {
    JsonNode vault = synthesized.only(VAULT, role.id() + "_backup-vault");

    assertEquals(role.id() + "-backup-vault-test", vault.path("name").asText());
    assertEquals("aws." + role.id(), vault.path("provider").asText());
    assertTrue(
        vault.path("kms_key_arn").asText().contains("." + role.id() + "_encryption_backup_"),
        vault::toString);
  }

  @ParameterizedTest
  @EnumSource
  void protected_points_can_only_expire(RegionRole role) {
    JsonNode vault = synthesized.only(VAULT, role.id() + "_backup-vault");
    JsonNode statement =
        SynthesizedStack.embedded(
                synthesized
                    .only(BackupVaultPolicy.TF_RESOURCE_TYPE, role.id() + "_backup-vault")
                    .path("policy"))
            .at("/Statement/0");

    assertFalse(vault.path("force_destroy").asBoolean(true));
    assertTrue(vault.at("/lifecycle/prevent_destroy").asBoolean());
    assertEquals("Deny", statement.path("Effect").asText());
    assertEquals("*", statement.path("Principal").asText());
    assertTrue(
        texts(statement.path("Action"))
            .containsAll(
                List.of("backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle")),
        statement::toString);
  }

  @ParameterizedTest
  @EnumSource
  void lock_is_on_both_vaults(RegionRole role) {
    JsonNode lock =
        synthesized.only(
            BackupVaultLockConfiguration.TF_RESOURCE_TYPE, role.id() + "_backup-vault");

    assertEquals(1, lock.path("min_retention_days").asInt());
    assertEquals(365, lock.path("max_retention_days").asInt());
    assertEquals(3, lock.path("changeable_for_days").asInt());
  }

  @Test
  void optional_parts_are_left_out() {
    assertTrue(minimal.resources(BackupVaultLockConfiguration.TF_RESOURCE_TYPE).isEmpty());
    assertTrue(minimal.resources(BackupVaultPolicy.TF_RESOURCE_TYPE).isEmpty());
    assertEquals(2, minimal.resources(PLAN).size());
    minimal.resources(PLAN).values().forEach(plan -> assertEquals(1, plan.path("rule").size()));
    assertTrue(minimal.only(VAULT, "dr_backup-vault").path("force_destroy").asBoolean());
  }

  @ParameterizedTest
  @EnumSource
  void services_are_switched_on_in_each_region_and_others_left_alone(RegionRole role) {
    JsonNode settings = synthesized.only(REGION_SETTINGS, role.id() + "_backup-settings");

    assertEquals(
        "{\"Aurora\":true,\"DynamoDB\":true}",
        settings.path("resource_type_opt_in_preference").toString());
    assertEquals(
        "{\"DynamoDB\":true}", settings.path("resource_type_management_preference").toString());
    assertEquals(
        List.of("resource_type_opt_in_preference", "resource_type_management_preference"),
        texts(settings.at("/lifecycle/ignore_changes")),
        "a service that AWS adds must be no difference, whatever its name");
  }

  @Test
  void plan_fails_where_what_is_backed_up_was_switched_off() {
    JsonNode checks =
        synthesized.only(REGION_SETTINGS, "dr_backup-settings").at("/lifecycle/postcondition");

    assertEquals(2, checks.size());
    assertEquals(
        "${lookup(self.resource_type_opt_in_preference, \"Aurora\", false)"
            + " && lookup(self.resource_type_opt_in_preference, \"DynamoDB\", false)}",
        checks.at("/0/condition").asText());
    assertEquals(
        "${lookup(self.resource_type_management_preference, \"DynamoDB\", false)}",
        checks.at("/1/condition").asText());
    assertTrue(
        checks
            .at("/0/error_message")
            .asText()
            .endsWith(
                "aws backup update-region-settings --region us-east-2"
                    + " --resource-type-opt-in-preference Aurora=true,DynamoDB=true"),
        checks::toString);
  }

  private static JsonNode plan(String prefix) {
    return synthesized.only(PLAN, prefix);
  }

  private static JsonNode rule(String plan, String name) {
    for (JsonNode rule : plan(plan).path("rule")) {
      if (rule.path("rule_name").asText().equals(name)) {
        return rule;
      }
    }
    throw new AssertionError("no rule " + name + " in " + plan(plan));
  }

  private static JsonNode selection(RegionRole role, String id) {
    return synthesized.only(BackupSelection.TF_RESOURCE_TYPE, role.id() + "_backup_" + id + "_");
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
