package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.Shell;

/**
 * Terraform itself accepts every stack and warns of nothing, deprecated arguments included;
 * overrides in particular are checked nowhere else.
 */
class TerraformValidateIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Map<String, String> everySetting;

  @TempDir static Path folder;

  private static Shell shell;

  /** Once: all stacks ask for the same version of the same provider, and Terraform compares. */
  @BeforeAll
  static void initialize() throws IOException {
    String configuration =
        new Shell(SynthesizedStacks.PROJECT, Map.of())
            .sh(LIMIT, "scripts/terraform-config")
            .expect(0)
            .out()
            .strip();
    shell =
        new Shell(folder, Map.of("CHECKPOINT_DISABLE", "1", "TF_CLI_CONFIG_FILE", configuration));
    write(SynthesizedStacks.text("payments-dr-prod"));
    shell.sh(LIMIT, "terraform init -backend=false -input=false -no-color").expect(0);
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void terraform_validates(String stack) throws IOException {
    validate(SynthesizedStacks.text(stack));
  }

  /** The stacks of {@link EverySettingTest} that differ most from the committed ones. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "payments-dr-kept",
        "payments-dr-moving",
        "payments-dr-thrown-away",
        "account-every"
      })
  void terraform_validates_every_setting(String stack) throws IOException {
    validate(everySetting().get(stack));
  }

  private static Map<String, String> everySetting() throws IOException {
    if (everySetting == null) {
      everySetting = new SettingsProject().synthesize();
    }
    return everySetting;
  }

  private static void validate(String text) throws IOException {
    write(text);
    JsonNode result =
        JSON.readTree(shell.sh(LIMIT, "terraform validate -json -no-color").expect(0).out());
    assertEquals(List.of(), List.copyOf(result.findValuesAsText("summary")), result::toString);
  }

  private static void write(String stack) throws IOException {
    Files.writeString(folder.resolve("cdk.tf.json"), stack);
  }
}
