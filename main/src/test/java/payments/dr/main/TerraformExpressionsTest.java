package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.InvalidConfigurationException;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.testing.ProjectCopy;

/**
 * Terraform evaluates what each text of its JSON has in <code>${}</code> and <code>%{}</code>: a
 * setting must not make it read a file of the machine that plans.
 */
class TerraformExpressionsTest {

  private static final YAMLMapper YAML = new YAMLMapper();

  private static final String ENVIRONMENT = "main/environments/dev.yaml";
  private static final String ACCOUNT = "main/accounts/nonprod.yaml";
  private static final String MEASUREMENTS = "main/measurements/dev.yaml";

  private static final Map<String, Class<? extends Record>> FILES =
      Map.of(
          ENVIRONMENT, EnvironmentConfig.class,
          ACCOUNT, AccountConfig.class,
          MEASUREMENTS, Measurements.class);

  private static final String FAULT =
      "%s: %s must not contain \"${\" or \"%%{\", which Terraform would evaluate, got \"%s\"";

  @TempDir Path root;

  /** The second passes the pattern of an e-mail address; the last is Terraform's escape. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "${file(\"/etc/passwd\")}",
        "a${file(\"/etc/passwd\")}@example.com",
        "%{ if true }me%{ endif }",
        "$${me}"
      })
  void every_text_with_an_expression_is_refused_all_at_once(String expression) throws IOException {
    List<String> expected = new ArrayList<>();
    for (var file : FILES.entrySet()) {
      ObjectNode tree = YAML.createObjectNode();
      for (SettingKey key : SettingKey.of(file.getValue())) {
        if (key.isText()) {
          key.set(tree, TextNode.valueOf(expression));
          expected.add(FAULT.formatted(file.getKey(), key, expression));
        }
      }
      write(file.getKey(), tree);
    }

    expected.removeAll(refusal());

    assertEquals(List.of(), expected, "was not refused");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/notification"})
  void key_with_an_expression_is_refused(String group) throws IOException {
    ObjectNode environment = tree(ENVIRONMENT);
    (group.isEmpty() ? environment : environment.withObject(group)).put("${me}", "x");
    write(ENVIRONMENT, environment);
    write(ACCOUNT, tree(ACCOUNT));

    List<String> faults = refusal();

    assertEquals(1, faults.size());
    assertTrue(faults.get(0).contains("${me} is no known key"), faults.get(0));
  }

  @Test
  void dollars_and_braces_by_themselves_are_texts() throws IOException {
    ObjectNode environment = tree(ENVIRONMENT);
    environment.withArray("/notification/emails").add("a$b{c}%d@example.com");
    write(ENVIRONMENT, environment);
    write(ACCOUNT, tree(ACCOUNT));

    assertEquals(1, Configuration.read(root, Optional.empty()).environments().size());
  }

  private List<String> refusal() {
    return assertThrows(
            InvalidConfigurationException.class, () -> Configuration.read(root, Optional.empty()))
        .getMessage()
        .lines()
        .toList();
  }

  private static ObjectNode tree(String file) throws IOException {
    return (ObjectNode) YAML.readTree(ProjectCopy.PROJECT.resolve(file).toFile());
  }

  private void write(String file, JsonNode tree) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, tree.toString());
  }
}
