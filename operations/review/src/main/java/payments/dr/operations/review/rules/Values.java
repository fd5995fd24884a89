package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * Questions about one value of a change, which a JSON pointer names. Numbers and switches are told
 * with the answer; texts are not, because they can be secrets.
 */
final class Values {

  private Values() {}

  static boolean isOn(JsonNode value) {
    return value.asBoolean();
  }

  static boolean isUnknown(ResourceChange change, String pointer) {
    return isOn(change.afterUnknown().at(pointer));
  }

  /** On before, off or gone afterwards. */
  static Optional<String> turnedOff(ResourceChange change, String pointer) {
    return found(
        change.alters()
            && isOn(change.before().at(pointer))
            && !isOn(change.after().at(pointer))
            && !isUnknown(change, pointer),
        () -> name(pointer) + " is switched off");
  }

  /** On afterwards, and not before. */
  static Optional<String> turnedOn(ResourceChange change, String pointer) {
    return found(
        change.alters() && !isOn(change.before().at(pointer)) && isOn(change.after().at(pointer)),
        () -> name(pointer) + " is switched on");
  }

  /** A smaller number, or none any more. */
  static Optional<String> lowered(ResourceChange change, String pointer) {
    JsonNode before = change.before().at(pointer);
    JsonNode after = change.after().at(pointer);
    return found(
        change.alters()
            && before.isNumber()
            && !isUnknown(change, pointer)
            && after.asLong(0) < before.asLong(),
        () ->
            "%s goes from %d to %s"
                .formatted(
                    name(pointer), before.asLong(), after.isNumber() ? after.asLong() : "none"));
  }

  /** Another value, one that is not known yet, or none any more. */
  static boolean differs(ResourceChange change, String attribute) {
    return change.changedAttributes().contains(attribute);
  }

  static boolean isEmpty(JsonNode value) {
    return value.isMissingNode() || value.isNull() || value.asText().isEmpty() && value.isEmpty();
  }

  static Optional<String> found(boolean there, Supplier<String> words) {
    return there ? Optional.of(words.get()) : Optional.empty();
  }

  /** The first answer that there is. */
  @SafeVarargs
  static Optional<String> first(Optional<String>... answers) {
    for (Optional<String> answer : answers) {
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  /** A pointer in Terraform's manner: {@code rule[0].status}. */
  private static String name(String pointer) {
    return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
  }
}
