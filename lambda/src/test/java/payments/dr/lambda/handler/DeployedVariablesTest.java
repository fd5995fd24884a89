package payments.dr.lambda.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Site;

/** What the stacks of every environment give the functions is what the handler reads. */
class DeployedVariablesTest {

  private static final Path GOLDEN = Path.of("../main/src/test/resources/golden");

  @ParameterizedTest
  @MethodSource("functions")
  void handler_understands_every_variable_and_each_is_one_it_reads(
      String address, Map<String, String> variables) {
    FunctionConfiguration read = FunctionConfiguration.of(variables);

    assertEquals(TestVariables.DR.keySet(), variables.keySet(), address);
    assertEquals(address.contains(" dr_") ? Site.DR : Site.PRIMARY, read.standsIn(), address);
    boolean rehearsed = address.startsWith("payments-dr-local") && read.standsIn() == Site.DR;
    assertEquals(
        rehearsed ? Mode.AUTO : Mode.OBSERVE, read.policy().mode(), "only the local AWS is armed");
    assertEquals(Set.of("v2"), read.databases().readers().keySet());
  }

  /** Those of the committed environments, by stack and name. */
  static Stream<Object[]> functions() throws IOException {
    Map<String, Map<String, String>> functions = new TreeMap<>();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.sorted().toList()) {
        JsonNode stack = new ObjectMapper().readTree(file.toFile());
        stack
            .at("/resource/aws_lambda_function")
            .properties()
            .forEach(
                function ->
                    functions.put(
                        file.getFileName() + " " + function.getKey(),
                        variables(function.getValue())));
      }
    }
    assertEquals(8, functions.size(), "four environments with two Regions");
    return functions.entrySet().stream()
        .map(function -> new Object[] {function.getKey(), function.getValue()});
  }

  /** With a host name for what AWS will have chosen. */
  private static Map<String, String> variables(JsonNode function) {
    Map<String, String> variables = new TreeMap<>();
    function
        .at("/environment/variables")
        .properties()
        .forEach(
            variable ->
                variables.put(
                    variable.getKey(),
                    variable.getValue().asText().replaceAll("\\$\\{.*?}", "chosen.example.com")));
    return variables;
  }
}
