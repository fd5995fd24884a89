package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.testing.Shell;

/**
 * No stack reads an attribute that the provider's own schema calls deprecated: the next major
 * version removes it. {@link TerraformValidateIT} holds the same of what stacks set, of which
 * Terraform itself warns.
 */
class ProviderDeprecationsIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  private static final Pattern REFERENCE =
      Pattern.compile("\\b(aws_[a-z0-9_]+)\\.[A-Za-z0-9_-]+\\.([a-z0-9_]+)");

  @TempDir static Path folder;

  private static JsonNode resources;

  @BeforeAll
  static void readSchema() throws IOException {
    Files.writeString(
        folder.resolve("main.tf.json"),
        """
        {"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "%s"}}}}
        """
            .formatted(ProviderVersion.CONSTRAINT));
    String configuration =
        new Shell(SynthesizedStacks.PROJECT, Map.of())
            .sh(LIMIT, "scripts/terraform-config")
            .expect(0)
            .out()
            .strip();
    Shell shell =
        new Shell(folder, Map.of("CHECKPOINT_DISABLE", "1", "TF_CLI_CONFIG_FILE", configuration));
    shell.sh(LIMIT, "terraform init -input=false -no-color").expect(0);
    shell.sh(LIMIT, "terraform providers schema -json > schema.json").expect(0);
    resources =
        new ObjectMapper()
            .readTree(folder.resolve("schema.json").toFile())
            .path("provider_schemas")
            .elements()
            .next()
            .path("resource_schemas");
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void stack_reads_nothing_deprecated(String stack) throws IOException {
    assertEquals(Set.of(), deprecatedReads(SynthesizedStacks.text(stack)));
  }

  @Test
  void deprecated_read_is_found() {
    assertEquals(
        Set.of("aws_eip.vpc"),
        deprecatedReads("{\"value\": \"${aws_eip.primary_nat_1.vpc} ${aws_eip.other.id}\"}"));
  }

  private static Set<String> deprecatedReads(String stack) {
    Set<String> reads = new TreeSet<>();
    Matcher reference = REFERENCE.matcher(stack);
    while (reference.find()) {
      JsonNode block = resources.path(reference.group(1)).path("block");
      String name = reference.group(2);
      if (block.path("deprecated").asBoolean()
          || block.path("attributes").path(name).path("deprecated").asBoolean()
          || block.path("block_types").path(name).path("block").path("deprecated").asBoolean()) {
        reads.add(reference.group(1) + "." + name);
      }
    }
    return reads;
  }
}
