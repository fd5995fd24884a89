package payments.dr.configuration.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class StateSettingsTest {

  @Test
  void default_to_the_bucket_and_region_they_are_resolved_with() {
    assertEquals(
        new StateBackend.S3("acme-state-dev", "us-east-2", "payments-dr-dev/terraform.tfstate"),
        SettingsFactory.of(StateSettings.class)
            .backend("acme-state-dev", "us-east-2", "payments-dr-dev"));
  }

  @Test
  void keep_a_bucket_and_region_of_their_own() {
    assertEquals(
        new StateBackend.S3("shared", "eu-west-1", "payments-dr-dev/terraform.tfstate"),
        SettingsFactory.of(
                StateSettings.class,
                "kind",
                StateKind.S3,
                "bucket",
                "shared",
                "region",
                "eu-west-1")
            .backend("acme-state-dev", "us-east-2", "payments-dr-dev"));
  }

  @Test
  void of_a_local_aws_lead_to_a_file_below_the_project_root() {
    assertEquals(
        new StateBackend.Local("../../../.local-aws/payments-dr-local.tfstate"),
        SettingsFactory.of(StateSettings.class, "kind", StateKind.LOCAL)
            .backend("acme-state-local", "us-east-2", "payments-dr-local"));
  }

  @Test
  void of_terraform_cloud_default_to_a_workspace_named_like_the_stack() {
    assertEquals(
        new StateBackend.TerraformCloud("acme", "payments-dr-prod"),
        SettingsFactory.of(
                StateSettings.class, "kind", StateKind.TERRAFORM_CLOUD, "organization", "acme")
            .backend("acme-state-prod", "us-east-2", "payments-dr-prod"));
  }

  @Test
  void of_terraform_cloud_keep_a_workspace_of_their_own() {
    assertEquals(
        new StateBackend.TerraformCloud("acme", "payments"),
        SettingsFactory.of(
                StateSettings.class,
                "kind",
                StateKind.TERRAFORM_CLOUD,
                "organization",
                "acme",
                "workspace",
                "payments")
            .backend("acme-state-prod", "us-east-2", "payments-dr-prod"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "LOCAL | acme-state | - | - | -"
            + " | bucket must be left out when kind is local, got \"acme-state\"",
        "LOCAL | - | us-east-2 | - | -"
            + " | region must be left out when kind is local, got \"us-east-2\"",
        "LOCAL | - | - | acme | -"
            + " | organization must be left out when kind is local, got \"acme\"",
        "S3 | - | - | acme | -" + " | organization must be left out when kind is s3, got \"acme\"",
        "S3 | - | - | - | payments"
            + " | workspace must be left out when kind is s3, got \"payments\"",
        "TERRAFORM_CLOUD | acme-state | - | acme | -"
            + " | bucket must be left out when kind is terraform-cloud, got \"acme-state\"",
        "TERRAFORM_CLOUD | - | us-east-2 | acme | -"
            + " | region must be left out when kind is terraform-cloud, got \"us-east-2\"",
        "TERRAFORM_CLOUD | - | - | - | - | organization is required when kind is terraform-cloud",
        "TERRAFORM_CLOUD | acme-state | us-east-2 | - | payments"
            + " | bucket must be left out when kind is terraform-cloud, got \"acme-state\";"
            + " region must be left out when kind is terraform-cloud, got \"us-east-2\";"
            + " organization is required when kind is terraform-cloud",
        "TERRAFORM_CLOUD | - | - | Acme Bank | -"
            + " | organization must be letters, digits, hyphens and underscores,"
            + " got \"Acme Bank\"",
        "TERRAFORM_CLOUD | - | - | acme | prod/payments"
            + " | workspace must be 1 to 90 letters, digits, hyphens and underscores,"
            + " got \"prod/payments\"",
        "S3 | Acme_State | - | - | -"
            + " | bucket must be 3 to 50 lower-case letters, digits and hyphens,"
            + " got \"Acme_State\"",
        "S3 | - | ohio | - | - | region must be an AWS Region such as us-east-1, of none but the partition aws: not China, GovCloud or a sovereign or isolated cloud, got \"ohio\"",
      })
  void refuse(
      StateKind kind,
      String bucket,
      String region,
      String organization,
      String workspace,
      String message) {
    InvalidSettingsException refused =
        assertThrows(
            InvalidSettingsException.class,
            () ->
                SettingsFactory.of(
                    StateSettings.class,
                    "kind",
                    kind,
                    "bucket",
                    bucket,
                    "region",
                    region,
                    "organization",
                    organization,
                    "workspace",
                    workspace));

    assertEquals(message, refused.getMessage());
  }
}
