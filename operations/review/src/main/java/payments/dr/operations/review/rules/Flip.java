package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.EmbeddedJson;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.Rollout;

/**
 * A change of the pointer, which leads applications to another generation.
 *
 * @param to {@code unknown} when the plan cannot say
 */
public record Flip(ResourceChange change, String from, String to) {

  private static final String VALUE = "insecure_value";
  private static final String POINTER = "(primary|dr)_pointer_.+";

  static Stream<Flip> in(Plan plan) {
    return plan.changes().stream().flatMap(change -> of(plan, change).stream());
  }

  /** Returns the move of the pointer; empty for a change of anything else. */
  public static Optional<Flip> of(Plan plan, ResourceChange change) {
    if (!isPointer(change) || !change.alters()) {
      return Optional.empty();
    }
    String from = generation(change.before(VALUE));
    String to =
        change.isUnknown(VALUE)
            ? plan.planned().map(Rollout::active).orElse("unknown")
            : generation(change.after(VALUE));
    return from.equals(to) ? Optional.empty() : Optional.of(new Flip(change, from, to));
  }

  /** Whether a plan leaves a pointer to a generation as it is. */
  public static boolean isKept(ResourceChange unchanged, String generation) {
    return isPointer(unchanged) && generation(unchanged.before(VALUE)).equals(generation);
  }

  /**
   * Returns which hosts of a pointer that stays with its generation are others. A host that is not
   * known yet is that of a cluster in this plan.
   */
  static Optional<Set<String>> redirected(Plan plan, ResourceChange change) {
    if (!isPointer(change)
        || !change.alters()
        || change.isUnknown(VALUE)
        || of(plan, change).isPresent()) {
      return Optional.empty();
    }
    JsonNode before = EmbeddedJson.parsed(change.before(VALUE));
    JsonNode after = EmbeddedJson.parsed(change.after(VALUE));
    Set<String> others = new TreeSet<>();
    for (String host : List.of("writer", "reader")) {
      if (!before.path(host).equals(after.path(host))) {
        others.add(host);
      }
    }
    return others.isEmpty() ? Optional.empty() : Optional.of(others);
  }

  private static boolean isPointer(ResourceChange change) {
    return change.is("aws_ssm_parameter") && change.name().matches(POINTER);
  }

  private static String generation(JsonNode value) {
    return EmbeddedJson.parsed(value).path("generation").asText("unknown");
  }
}
