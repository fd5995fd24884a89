package payments.dr.operations.review.seeded;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * Something that somebody might change, by mistake or on purpose, in a deployed stack.
 *
 * @param type of the resource
 * @param prefix of its name, without the hash
 * @param what is changed, in a few words
 * @param rule that must object, or {@code null} for a harmless change
 */
record SeededChange(String type, String prefix, String what, String rule, Edit edit) {

  /** How the change is brought about. */
  sealed interface Edit {}

  /** The configuration is changed. */
  record Configured(Consumer<ObjectNode> change) implements Edit {}

  /**
   * What is deployed differs from the configuration: the state is changed, as it would be in an
   * environment that protects its data.
   */
  record Deployed(Consumer<ObjectNode> change) implements Edit {}

  /** The construct's id is changed, so the resource goes and another comes. */
  record Renamed() implements Edit {}

  static SeededChange configured(
      String type, String prefix, String what, String rule, Consumer<ObjectNode> change) {
    return new SeededChange(type, prefix, what, rule, new Configured(change));
  }

  static SeededChange deployed(
      String type, String prefix, String what, String rule, Consumer<ObjectNode> change) {
    return new SeededChange(type, prefix, what, rule, new Deployed(change));
  }

  static SeededChange renamed(String type, String prefix, String rule) {
    return new SeededChange(type, prefix, "another construct id", rule, new Renamed());
  }

  static SeededChange harmless(
      String type, String prefix, String what, Consumer<ObjectNode> change) {
    return new SeededChange(type, prefix, what, null, new Configured(change));
  }

  @Override
  public String toString() {
    return type + "." + prefix + ": " + what;
  }
}
