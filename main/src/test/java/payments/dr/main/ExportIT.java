package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;

/** A stack for a Terraform Cloud workspace, taken out of the project and run by Terraform alone. */
class ExportIT {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @TempDir static Path checkout;
  @TempDir static Path elsewhere;

  private static ProjectCopy copy;
  private static Shell shell;

  @BeforeAll
  static void export() throws IOException {
    copy = ProjectCopy.builtInto(checkout);
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
  void exported_stack_brings_the_jar_that_its_function_names() throws IOException {
    JsonNode stack = new ObjectMapper().readTree(elsewhere.resolve("stack/cdk.tf.json").toFile());

    for (JsonNode function : stack.at("/resource/aws_lambda_function")) {
      byte[] jar =
          Files.readAllBytes(
              elsewhere.resolve("stack").resolve(function.path("filename").asText()));
      assertEquals(
          function.path("source_code_hash").asText(),
          Base64.getEncoder().encodeToString(sha256(jar)));
    }
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
      Files.createDirectories(alone.resolve(file).getParent());
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

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
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
    Path stack = elsewhere.resolve("stack");
    try (Stream<Path> paths = Files.walk(stack)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        // Each byte is one character: the function's jar is no text.
        files.put(
            stack.relativize(path).toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return files;
  }
}
