package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The calls listed in {@code iam/calls.yaml}.
 *
 * @param roles each kind of role, and what it needs and must never do
 * @param dangerous what no role may do
 * @param guarded calls by services and strangers, and whether a resource's own policy lets them
 */
public record ListedCalls(JsonNode roles, JsonNode dangerous, List<JsonNode> guarded) {

  private static final ObjectMapper YAML = new YAMLMapper();

  public static ListedCalls read() {
    try {
      JsonNode file = YAML.readTree(Path.of("src/test/resources/iam/calls.yaml").toFile());
      return new ListedCalls(
          file.path("roles"), file.path("dangerous"), cases(file.path("guarded")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> cases(JsonNode entries) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.has("cases")) {
        entry
            .path("cases")
            .forEach(it -> all.add(((ObjectNode) entry.deepCopy()).setAll((ObjectNode) it)));
      } else {
        all.add(entry);
      }
    }
    return all;
  }

  /** What is listed for the role of that name; missing when nothing is. */
  public JsonNode of(Role role, Place place) {
    List<JsonNode> found =
        StreamSupport.stream(roles.spliterator(), false)
            .filter(it -> place.expand(it.path("role").asText()).anyMatch(role.name()::equals))
            .toList();
    if (found.size() > 1) {
      throw new AssertionError(role.name() + " must be listed once, got " + found);
    }
    return found.isEmpty() ? YAML.missingNode() : found.get(0);
  }

  /**
   * Every combination of what each entry lists; none where it lists nothing, or is for the role of
   * another Region or for a lease of another grade.
   */
  public static List<Call> calls(JsonNode entries, Place place) {
    return StreamSupport.stream(entries.spliterator(), false)
        .filter(entry -> holds(entry, "only", place.fill("{role}")))
        .filter(entry -> holds(entry, "lease", place.fill("{lease}")))
        .flatMap(entry -> combined(entry, place))
        .toList();
  }

  private static boolean holds(JsonNode entry, String key, String word) {
    return !entry.has(key) || entry.path(key).asText().equals(word);
  }

  static Stream<Call> combined(JsonNode entry, Place place) {
    Stream<Call> calls =
        AttachedPolicy.texts(entry.path("call")).stream()
            .flatMap(
                action ->
                    AttachedPolicy.texts(entry.path("on")).stream()
                        .flatMap(place::expand)
                        .map(resource -> new Call(action, resource, Map.of())));
    for (var key : entry.path("with").properties()) {
      List<String> values = AttachedPolicy.texts(key.getValue()).stream().map(place::fill).toList();
      calls =
          calls.flatMap(
              call ->
                  values.stream()
                      .map(value -> call.with(key.getKey(), typed(key.getKey(), value))));
    }
    return calls;
  }

  /** The one key used here that holds several values. */
  private static Object typed(String key, String value) {
    return key.equals("dynamodb:LeadingKeys") ? List.of(value) : value;
  }
}
