package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.main.testing.ProjectCopy;
import payments.dr.main.testing.Shell;

/** A stack for a Terraform Cloud workspace, taken out of the project and run by Terraform alone. */
class ExportIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir static Path checkout;
  @TempDir static Path elsewhere;

  private static ProjectCopy copy;
  private static Shell shell;

  @BeforeAll
  static void export() throws IOException {
    copy = ProjectCopy.into(checkout);
    shell = copy.shell();
    Files.writeString(
        checkout.resolve("main/environments/prod.yaml"),
        "\nstate: {kind: terraform-cloud, organization: acme}\n",
        StandardOpenOption.APPEND);
    // The one account that the local AWS knows.
    copy.replace("main/accounts/prod.yaml", "222222222222", "123456789012");
    shell.sh(LIMIT, "make export ENV=prod TO=" + elsewhere.resolve("stack")).expect(0);
  }

  @AfterAll
  static void stopLocalAws() {
    copy.stopLocalAws();
  }

  @Test
  void exporting_again_gives_the_same_bytes() throws IOException {
    Map<String, String> first = files();

    shell.sh(LIMIT, "make export ENV=prod TO=" + elsewhere.resolve("stack")).expect(0);

    assertEquals(first, files());
    assertTrue(first.containsKey(".terraform.lock.hcl"), first.keySet()::toString);
  }

  @Test
  void exported_stack_names_its_workspace_and_nothing_of_this_machine() throws IOException {
    JsonNode stack = new ObjectMapper().readTree(elsewhere.resolve("stack/cdk.tf.json").toFile());

    assertEquals("acme", stack.at("/terraform/cloud/organization").asText());
    assertEquals("payments-dr-prod", stack.at("/terraform/cloud/workspaces/name").asText());
    files()
        .forEach(
            (file, text) -> {
              assertTrue(!text.contains(checkout.toString()), file + " names the checkout");
              assertTrue(!text.contains("\"../"), file + " leaves its folder");
            });
  }

  @Test
  void exported_stack_is_valid_as_it_is() {
    Shell terraform = terraform();

    terraform.sh(LIMIT, "terraform init -backend=false -input=false -no-color").expect(0);
    terraform.sh(LIMIT, "terraform validate -no-color").expect(0);
  }

  @Test
  void exported_stack_is_planned_alone_with_its_state_elsewhere() throws IOException {
    Path alone = Files.createDirectory(elsewhere.resolve("alone"));
    for (String file : files().keySet()) {
      Files.copy(elsewhere.resolve("stack").resolve(file), alone.resolve(file));
    }
    Files.writeString(
        alone.resolve("backend_override.tf.json"),
        "{\"terraform\": {\"backend\": {\"local\": {}}}}");
    String endpoint = shell.sh(LIMIT, "emulator/local-aws start").expect(0).out().strip();
    Shell terraform =
        new Shell(alone, Map.of())
            .with("TF_CLI_CONFIG_FILE", configuration())
            .with("CHECKPOINT_DISABLE", "1")
            .with("AWS_ENDPOINT_URL", endpoint)
            .with("AWS_ACCESS_KEY_ID", "local")
            .with("AWS_SECRET_ACCESS_KEY", "local");

    terraform.sh(LIMIT, "terraform init -input=false -no-color").expect(0);
    String plan =
        terraform.sh(LIMIT, "terraform plan -input=false -no-color -refresh=false").expect(0).out();

    assertTrue(plan.matches("(?s).*Plan: \\d{3} to add, 0 to change, 0 to destroy.*"), plan);
  }

  private static Shell terraform() {
    return new Shell(elsewhere.resolve("stack"), Map.of())
        .with("TF_CLI_CONFIG_FILE", configuration())
        .with("TF_DATA_DIR", elsewhere.resolve("data").toString())
        .with("CHECKPOINT_DISABLE", "1");
  }

  private static String configuration() {
    return shell.sh(LIMIT, "scripts/terraform-config").expect(0).out().strip();
  }

  private static Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(elsewhere.resolve("stack"))) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path));
      }
    }
    return files;
  }
}
