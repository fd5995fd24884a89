package payments.dr.operations.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What Terraform's own JSON of a plan says, read without any code that is under test. */
record PlannedChanges(JsonNode json) {

  /** Every action that is not a no-op, as one word each; a replacement is a delete and a create. */
  Set<String> actions() {
    Set<String> actions = new TreeSet<>();
    changes().forEach(change -> actions.addAll(words(change)));
    return actions;
  }

  /** Addresses of all resources that the plan knows, changed or not. */
  Set<String> everything() {
    return addresses(resources(), change -> true);
  }

  Set<String> changed() {
    return addresses(changes(), change -> true);
  }

  /** Addresses of what changes in one generation of the database. */
  Set<String> addressesOf(String generation) {
    return addresses(
        changes(), change -> change.path("address").asText().contains("-" + generation + "_"));
  }

  /** Addresses of what is deleted or replaced, of the types that a pattern names. */
  Set<String> destroyed(String types) {
    return addresses(
        changes(),
        change -> words(change).contains("delete") && change.path("type").asText().matches(types));
  }

  Set<String> typesOf(String action) {
    return changes().stream()
        .filter(change -> words(change).contains(action))
        .map(change -> change.path("type").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  long created() {
    return changes().stream().filter(change -> words(change).equals(List.of("create"))).count();
  }

  /** Names of all attributes that updates change. */
  Set<String> attributes() {
    Set<String> attributes = new TreeSet<>();
    for (JsonNode change : changes()) {
      JsonNode before = change.at("/change/before");
      JsonNode after = change.at("/change/after");
      before
          .properties()
          .forEach(
              attribute -> {
                if (!attribute.getValue().equals(after.path(attribute.getKey()))) {
                  attributes.add(attribute.getKey());
                }
              });
    }
    return attributes;
  }

  private List<JsonNode> changes() {
    return resources().stream()
        .filter(change -> !words(change).equals(List.of("no-op")))
        .filter(change -> !words(change).equals(List.of("read")))
        .toList();
  }

  private List<JsonNode> resources() {
    return StreamSupport.stream(json.path("resource_changes").spliterator(), false).toList();
  }

  private static List<String> words(JsonNode change) {
    List<String> words = new ArrayList<>();
    change.at("/change/actions").forEach(word -> words.add(word.asText()));
    return words;
  }

  private static Set<String> addresses(List<JsonNode> changes, Predicate<JsonNode> wanted) {
    return changes.stream()
        .filter(wanted)
        .map(change -> change.path("address").asText())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
