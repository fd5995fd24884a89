package payments.dr.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.state.StateBackend;
import payments.dr.modules.testing.SynthesizedStack;

class TerraformBackendsTest {

  @TempDir Path outdir;

  @Test
  void in_s3_is_locked_by_a_file_and_encrypted_as_the_bucket_does_it() {
    assertEquals(
        SynthesizedStack.parse(
                """
                {"backend": {"s3": {
                  "bucket": "acme-state-dev",
                  "region": "us-east-2",
                  "key": "payments-dr-dev/terraform.tfstate",
                  "use_lockfile": true}}}
                """)
            .json(),
        terraform(StateBackend.S3.of("acme-state-dev", "us-east-2", "payments-dr-dev")));
  }

  @Test
  void in_terraform_cloud_is_one_named_workspace() {
    assertEquals(
        SynthesizedStack.parse(
                """
                {"cloud": {
                  "organization": "acme",
                  "workspaces": {"name": "payments-dr-dev"}}}
                """)
            .json(),
        terraform(new StateBackend.TerraformCloud("acme", "payments-dr-dev")));
  }

  @Test
  void on_disk_names_no_directory_of_this_machine() {
    assertEquals(
        SynthesizedStack.parse(
                """
                {"backend": {"local": {"path": "../../../.local-aws/payments-dr-local.tfstate"}}}
                """)
            .json(),
        terraform(StateBackend.Local.of("payments-dr-local")));
  }

  /** The {@code terraform} block of a stack that holds nothing else. */
  private JsonNode terraform(StateBackend backend) {
    TerraformStack stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "stack");
    TerraformBackends.attach(stack, backend);
    return SynthesizedStack.of(stack).json().path("terraform");
  }
}
