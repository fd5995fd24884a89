package payments.dr.backends;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.Testing;
import com.hashicorp.cdktf.TestingAppConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.modules.testing.SynthesizedStack;

class StateBackendTest {

  @TempDir Path outdir;

  @Test
  void in_s3_is_encrypted_and_locked_by_a_file() {
    assertEquals(
        SynthesizedStack.parse(
                """
                {"s3": {
                  "bucket": "acme-state-dev",
                  "region": "us-east-2",
                  "key": "payments-dr-dev/terraform.tfstate",
                  "encrypt": true,
                  "use_lockfile": true}}
                """)
            .json(),
        backend(StateBackend.S3.of("acme-state-dev", "us-east-2", "payments-dr-dev")));
  }

  @Test
  void on_disk_names_no_directory_of_this_machine() {
    assertEquals(
        SynthesizedStack.parse(
                """
                {"local": {"path": "../../../.local-aws/payments-dr-local.tfstate"}}
                """)
            .json(),
        backend(StateBackend.Local.of("payments-dr-local")));
  }

  private JsonNode backend(StateBackend backend) {
    TerraformStack stack =
        new TerraformStack(
            Testing.app(TestingAppConfig.builder().outdir(outdir.toString()).build()), "stack");
    backend.attachTo(stack);
    return SynthesizedStack.of(stack).json().at("/terraform/backend");
  }
}
