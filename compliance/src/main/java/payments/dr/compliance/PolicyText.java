package payments.dr.compliance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import payments.dr.compliance.policy.Condition;
import payments.dr.compliance.policy.PolicyStatement;

/**
 * A policy inside a resource, as far as rules ask for it.
 *
 * @param attribute that holds it
 * @param unreadable why nobody can tell what it allows
 */
record PolicyText(String attribute, Optional<String> unreadable, List<Statement> statements) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Attributes that hold nothing but a policy. */
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "access_policy",
          "assume_role_policy",
          "policy",
          "policy_document",
          "resource_policy",
          "secret_policy");

  /** Of an older one AWS takes variables for plain text. */
  private static final String VERSION = "2012-10-17";

  /** Every policy of a resource, also within its blocks. */
  static List<PolicyText> in(Resource resource) {
    List<PolicyText> found = new ArrayList<>();
    collect(resource.body(), found);
    return List.copyOf(found);
  }

  Stream<Statement> allowing() {
    return statements.stream().filter(statement -> statement.meaning().allows());
  }

  Stream<Statement> denying() {
    return statements.stream().filter(statement -> !statement.meaning().allows());
  }

  /** Whether a statement refuses everybody an action, under these conditions and no others. */
  boolean denies(String action, Condition... conditions) {
    return denying().anyMatch(statement -> statement.denies(action, conditions));
  }

  /**
   * One statement.
   *
   * @param id its Sid
   */
  record Statement(String id, PolicyStatement meaning) {

    /** To everybody, but for what conditions say. */
    boolean isForEverybody() {
      return meaning.principals().contains("AWS:*");
    }

    /** Whether it denies everybody an action, under these conditions and no others. */
    boolean denies(String action, Condition... conditions) {
      return !meaning.allows()
          && isForEverybody()
          && meaning.actions().contains(action)
          && meaning.conditions().equals(Set.of(conditions));
    }

    boolean isForServices() {
      return meaning.principals().stream().anyMatch(it -> it.startsWith("Service:"));
    }

    /** Whether a condition on one of these keys lets in less than everything. */
    boolean isNarrowedBy(String... keys) {
      Set<String> wanted = Set.copyOf(Arrays.asList(keys));
      return meaning.conditions().stream()
          .filter(Condition::narrows)
          .anyMatch(it -> wanted.stream().anyMatch(key -> it.key().equals(lower(key))));
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void collect(JsonNode body, List<PolicyText> found) {
    for (var attribute : body.properties()) {
      JsonNode value = attribute.getValue();
      if (value.isTextual() && isPolicy(attribute.getKey(), value.textValue())) {
        found.add(of(attribute.getKey(), value.textValue()));
      } else if (value.isArray()) {
        value.forEach(element -> collect(element, found));
      } else if (value.isObject()) {
        collect(value, found);
      }
    }
  }

  private static boolean isPolicy(String attribute, String text) {
    return ATTRIBUTES.contains(attribute) || text.startsWith("{") && text.contains("\"Statement\"");
  }

  private static PolicyText of(String attribute, String text) {
    try {
      JsonNode document = text.startsWith("{") ? JSON.readTree(text) : MissingNode.getInstance();
      JsonNode statements = document.path("Statement");
      List<JsonNode> each =
          statements.isArray()
              ? StreamSupport.stream(statements.spliterator(), false).toList()
              : Stream.of(statements).filter(JsonNode::isObject).toList();
      return new PolicyText(
          attribute,
          fault(document, each),
          each.stream()
              .map(
                  it ->
                      new Statement(it.path("Sid").asText("without a Sid"), PolicyStatement.of(it)))
              .toList());
    } catch (JsonProcessingException e) {
      return new PolicyText(attribute, Optional.of("no JSON"), List.of());
    }
  }

  private static Optional<String> fault(JsonNode document, List<JsonNode> statements) {
    if (!document.path("Version").asText().equals(VERSION)) {
      return Optional.of(
          document.isMissingNode() ? "no JSON" : "Version " + document.path("Version"));
    }
    if (statements.isEmpty()) {
      return Optional.of("no statement");
    }
    return statements.stream()
        .filter(it -> !isStatement(it))
        .map(it -> "statement " + it)
        .findFirst();
  }

  private static boolean isStatement(JsonNode statement) {
    return Set.of("Allow", "Deny").contains(statement.path("Effect").asText())
        && isNamed(statement, "Action")
        && (!statement.has("Principal") || Resource.isThere(statement.path("Principal")));
  }

  private static boolean isNamed(JsonNode statement, String element) {
    return Resource.isThere(statement.path(element))
        || Resource.isThere(statement.path("Not" + element));
  }
}
