package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.EmbeddedJson;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * A policy before and after a change.
 *
 * @param after empty when it is known only once applied, and the synthesized stack does not tell
 */
record PolicyChange(
    ResourceChange change, List<PolicyStatement> before, Optional<List<PolicyStatement>> after) {

  private static final List<String> ATTRIBUTES = List.of("policy", "assume_role_policy");

  /** All policies that a plan writes or destroys. */
  static Stream<PolicyChange> in(Subject subject) {
    return subject.changes().stream()
        .filter(change -> change.managed() && (change.writes() || change.destroys()))
        .flatMap(
            change ->
                ATTRIBUTES.stream()
                    .filter(attribute -> change.changedAttributes().contains(attribute))
                    .map(
                        attribute ->
                            new PolicyChange(
                                change,
                                statements(change.before(attribute)).orElse(List.of()),
                                after(subject, change, attribute))));
  }

  /** Allowing statements that were not there. */
  List<PolicyStatement> newlyAllowed() {
    List<PolicyStatement> added = new ArrayList<>(after.orElse(List.of()));
    added.removeAll(before);
    added.removeIf(statement -> !statement.allows());
    return added;
  }

  private static Optional<List<PolicyStatement>> after(
      Subject subject, ResourceChange change, String attribute) {
    if (change.action() == Action.DELETE) {
      return Optional.of(List.of());
    }
    if (!change.isUnknown(attribute)) {
      return statements(change.after(attribute));
    }
    // Parts of it are known after apply; as it was written, only those parts are not readable.
    return subject
        .stack()
        .map(stack -> stack.resource(change.type(), change.name()).path(attribute))
        .flatMap(PolicyChange::statements);
  }

  private static Optional<List<PolicyStatement>> statements(JsonNode text) {
    JsonNode document = EmbeddedJson.parsed(text);
    if (!document.isObject()) {
      return Optional.empty();
    }
    JsonNode statements = document.path("Statement");
    return Optional.of(
        statements.isObject()
            ? List.of(PolicyStatement.of(statements))
            : StreamSupport.stream(statements.spliterator(), false)
                .map(PolicyStatement::of)
                .toList());
  }
}
