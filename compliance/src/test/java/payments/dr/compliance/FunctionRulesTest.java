package payments.dr.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the project's own stacks do not have, so that no fault can be seeded into them. */
class FunctionRulesTest {

  private static final String PERMISSION =
      "{\"resource\":{\"aws_lambda_permission\":{\"rule_1\":{%s}}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"principal\":\"events.amazonaws.com\",\"source_arn\":\"arn:aws:events:r:1:rule/a\" | 0",
        "\"principal\":\"events.amazonaws.com\" | 1",
        "\"principal\":\"*\",\"source_arn\":\"arn:aws:events:r:1:rule/a\" | 1",
        "\"source_arn\":\"arn:aws:events:r:1:rule/a\" | 1"
      })
  void a_caller_of_a_function_is_named(String permission, int violations)
      throws JsonProcessingException {
    Resources stack = Resources.of(new ObjectMapper().readTree(PERMISSION.formatted(permission)));

    List<String> found =
        Rules.violations(stack, new StackKind(true, false, Optional.empty())).stream()
            .map(violation -> violation.rule().id())
            .toList();

    assertEquals(violations == 0 ? List.of() : List.of("function-callers-not-named"), found);
  }
}
