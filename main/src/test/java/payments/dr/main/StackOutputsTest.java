package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.testing.DocumentedOutputs;

/** The documented table of outputs is what every environment has. */
class StackOutputsTest {

  @ParameterizedTest
  @MethodSource("environments")
  void outputs_are_the_documented_ones(String stack) {
    Set<String> outputs = new TreeSet<>();
    SynthesizedStacks.get(stack).json().path("output").fieldNames().forEachRemaining(outputs::add);

    assertEquals(DocumentedOutputs.whileNoneRetires(), outputs);
  }

  static Stream<String> environments() {
    return SynthesizedStacks.names().filter(name -> name.startsWith("payments-dr-"));
  }
}
