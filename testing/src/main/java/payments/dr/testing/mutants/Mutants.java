package payments.dr.testing.mutants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Set;
import java.util.stream.Stream;

/** Every mutant of a stack: of each value in each attribute of each resource, and each deletion. */
public final class Mutants {

  /** Words of CDKTF and Terraform that are in no plan. */
  private static final Set<String> NO_ATTRIBUTES =
      Set.of("//", "depends_on", "lifecycle", "provider", "provisioner");

  /** Words for people: any change of them is harmless. */
  private static final Set<String> WORDS =
      Set.of(
          "Sid",
          "alarm_description",
          "comment",
          "dashboard_body",
          "description",
          "tag",
          "tags",
          "timeouts");

  private Mutants() {}

  /**
   * @param stack Terraform's JSON of it
   */
  public static Stream<Mutant> of(JsonNode stack) {
    return stack.path("resource").properties().stream()
        .flatMap(
            type ->
                type.getValue().properties().stream()
                    .flatMap(named -> of(stack, type.getKey(), named.getKey(), named.getValue())));
  }

  static boolean isWords(String attribute) {
    return WORDS.contains(attribute);
  }

  private static Stream<Mutant> of(JsonNode stack, String type, String name, JsonNode body) {
    Mutant deleted =
        new Mutant(stack, type, name, "", "deleted", JsonNodeFactory.instance.nullNode());
    return Stream.concat(
        Stream.of(deleted),
        body.properties().stream()
            .filter(attribute -> !NO_ATTRIBUTES.contains(attribute.getKey()))
            .filter(attribute -> !isWords(attribute.getKey()))
            .flatMap(
                attribute ->
                    MutatedValues.of(attribute.getValue()).entrySet().stream()
                        .map(
                            mutated ->
                                new Mutant(
                                    stack,
                                    type,
                                    name,
                                    attribute.getKey(),
                                    mutated.getKey(),
                                    mutated.getValue()))));
  }
}
