package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/** References are put together from type and path, which no compiler compares with a resource. */
class AddressesTest {

  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*\\}");
  private static final Pattern ADDRESS = Pattern.compile("(?<![.\\w-])aws_\\w+\\.[\\w-]+");

  @ParameterizedTest
  @MethodSource("stacks")
  void whatever_is_referred_to_is_in_the_same_stack(String name) {
    SynthesizedStack stack = SynthesizedStacks.get(name);

    Set<String> unknown = new TreeSet<>(referred(stack.json()));
    unknown.removeAll(stack.resources().keySet());

    assertEquals(Set.of(), unknown);
  }

  @Test
  void references_are_found_and_one_that_leads_nowhere_is_told() {
    JsonNode json =
        SynthesizedStack.parse(
                """
                {"resource": {"aws_vpc": {"x_1": {"a": "${aws_vpc.x_1.id}:${f(aws_lb.y-2.arn)}"}},
                  "aws_route": {"z": {"b": "aws_vpc.text", "c": "${ephemeral.aws_s.e.id}"}}}}""")
            .json();

    assertEquals(List.of("aws_vpc.x_1", "aws_lb.y-2"), referred(json));
    assertTrue(referred(SynthesizedStacks.get("payments-dr-prod").json()).size() > 500);
  }

  static Stream<String> stacks() {
    return SynthesizedStacks.names();
  }

  /** Addresses of the resources that a stack's expressions name, as often as they do. */
  static List<String> referred(JsonNode stack) {
    return EXPRESSION
        .matcher(stack.toString())
        .results()
        .map(MatchResult::group)
        .flatMap(expression -> ADDRESS.matcher(expression).results())
        .map(MatchResult::group)
        .toList();
  }
}
