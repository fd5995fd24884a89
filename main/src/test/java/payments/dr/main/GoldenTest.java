package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds every stack's JSON against a committed copy, so that a review sees each change that a
 * change of code makes. {@code mvn test -Dgolden.update} writes the copies anew.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final boolean UPDATE = System.getProperty("golden.update") != null;

  @ParameterizedTest
  @MethodSource("committed")
  void stack_equals_its_golden_file(String stack) throws IOException {
    Path golden = GOLDEN.resolve(stack + ".json");
    String synthesized = SynthesizedStacks.texts().get(stack) + "\n";
    if (UPDATE) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, synthesized);
    }

    assertEquals(
        Files.exists(golden) ? Files.readString(golden) : "no file " + golden,
        synthesized,
        () ->
            stack
                + " differs from its golden file; if that is wanted, run"
                + " `mvn test -pl main -am -Dgolden.update` and review the diff."
                + " A changed address needs a `moved` entry or a **Breaking:** line in CHANGELOG.md");
  }

  static Stream<String> committed() {
    return SynthesizedStacks.texts().keySet().stream();
  }

  @Test
  void every_golden_file_belongs_to_a_stack() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertEquals(
          SynthesizedStacks.texts().keySet(),
          files
              .map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }

  /**
   * An apply of the one proves the other but for its names, and for EC2's capacity that prod alone
   * pays for.
   */
  @Test
  void staging_is_prod_under_other_names() throws IOException {
    String staging =
        SynthesizedStacks.texts()
            .get("payments-dr-staging")
            .replace("payments-staging.example.com", "payments.example.com")
            .replace("staging", "prod")
            .replace("111111111111", "222222222222")
            .replace("10.20.", "10.30.")
            .replace("10.21.", "10.31.");

    JsonNode prod = JSON.readTree(SynthesizedStacks.texts().get("payments-dr-prod"));
    JsonNode capacity = ((ObjectNode) prod.path("resource")).remove("aws_ec2_capacity_reservation");
    assertEquals(3, capacity.size());
    assertEquals(prod, JSON.readTree(staging));
  }

  @Test
  void synthesizing_again_gives_the_same_bytes() {
    assertEquals(SynthesizedStacks.texts(), SynthesizedStacks.synthesize());
  }
}
