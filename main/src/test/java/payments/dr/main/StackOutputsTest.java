package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** README's table of outputs is what every environment has. */
class StackOutputsTest {

  @ParameterizedTest
  @MethodSource("environments")
  void outputs_are_the_documented_ones(String stack) {
    Set<String> outputs = new TreeSet<>();
    SynthesizedStacks.get(stack).json().path("output").fieldNames().forEachRemaining(outputs::add);

    assertEquals(namesWhileNoneRetires(), outputs);
  }

  static Stream<String> environments() {
    return SynthesizedStacks.names().filter(name -> name.startsWith("payments-dr-"));
  }

  /** What README documents, without the output that only a retiring generation has. */
  static Set<String> namesWhileNoneRetires() {
    Set<String> documented = documentedNames();
    assertTrue(documented.remove("retiringDatabase"), "README says nothing of retiringDatabase");
    return documented;
  }

  /** The first column of the table below README's heading "Outputs". */
  private static Set<String> documentedNames() {
    try {
      String readme = Files.readString(SynthesizedStacks.PROJECT.resolve("README.md"));
      String section = readme.split("(?m)^## Outputs$", 2)[1].split("(?m)^## ", 2)[0];
      return Pattern.compile("(?m)^\\| `(\\w+)` \\|")
          .matcher(section)
          .results()
          .map(result -> result.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
