package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What happens to one resource.
 *
 * @param managed whether it is a resource and not a data source
 * @param movedFrom its address in the state until now
 * @param importId what it is imported by, when it is
 * @param before and after: null nodes where there is nothing
 * @param changedAttributes the outermost attributes that differ
 */
public record ResourceChange(
    String address,
    String type,
    String name,
    boolean managed,
    Action action,
    Optional<String> movedFrom,
    Optional<String> importId,
    JsonNode before,
    JsonNode after,
    JsonNode beforeSensitive,
    JsonNode afterSensitive,
    JsonNode afterUnknown,
    Set<String> changedAttributes) {

  /** Compares the values once: every rule asks what differs. */
  ResourceChange(
      String address,
      String type,
      String name,
      boolean managed,
      Action action,
      Optional<String> movedFrom,
      Optional<String> importId,
      JsonNode before,
      JsonNode after,
      JsonNode beforeSensitive,
      JsonNode afterSensitive,
      JsonNode afterUnknown) {
    this(
        address,
        type,
        name,
        managed,
        action,
        movedFrom,
        importId,
        before,
        after,
        beforeSensitive,
        afterSensitive,
        afterUnknown,
        AttributeChanges.names(before, after, afterUnknown));
  }

  /** Returns whether it is one of the types. */
  public boolean is(Set<String> types) {
    return types.contains(type);
  }

  public boolean is(String wanted) {
    return type.equals(wanted);
  }

  /** Returns whether something that exists is changed, in place or by a new one. */
  public boolean alters() {
    return action == Action.UPDATE || action == Action.REPLACE;
  }

  /** Returns whether something stands there afterwards that did not before, or not like this. */
  public boolean writes() {
    return action == Action.CREATE || alters();
  }

  public boolean destroys() {
    return action.destroys();
  }

  /** Returns the same change as if one attribute were none of its own. */
  public ResourceChange without(String attribute) {
    return new ResourceChange(
        address,
        type,
        name,
        managed,
        action,
        movedFrom,
        importId,
        less(before, attribute),
        less(after, attribute),
        beforeSensitive,
        afterSensitive,
        less(afterUnknown, attribute));
  }

  private static JsonNode less(JsonNode values, String attribute) {
    return values instanceof ObjectNode object ? object.deepCopy().without(attribute) : values;
  }

  /** Returns a value now; a missing node when there is none. */
  public JsonNode before(String attribute) {
    return before.path(attribute);
  }

  /** Returns a value afterwards; a missing node when there is none, or none that is known. */
  public JsonNode after(String attribute) {
    return after.path(attribute);
  }

  /** Returns whether a value, or a part of it, is known only once applied. */
  public boolean isUnknown(String attribute) {
    return isUnknown(attribute, Set.of());
  }

  /**
   * Returns whether a value, or a part of it, is known only once applied.
   *
   * @param filledIn keys of parts that do not count, at any depth
   */
  public boolean isUnknown(String attribute, Set<String> filledIn) {
    return holdsTrue(afterUnknown.path(attribute), filledIn);
  }

  static boolean isUnknown(JsonNode unknown, String attribute) {
    return holdsTrue(unknown.path(attribute), Set.of());
  }

  /** Returns whether a value, or a part of it, must not be shown. */
  public boolean isSensitive(String attribute) {
    return isMarked(beforeSensitive, attribute) || isMarked(afterSensitive, attribute);
  }

  /** Returns what differs, by attribute, in the order of the plan. */
  public List<AttributeChange> attributes() {
    return AttributeChanges.of(this);
  }

  /**
   * Returns the changed attributes with a value to show: nothing, an empty text and an empty list
   * do not differ.
   */
  public Set<String> differing() {
    Set<String> differing = new LinkedHashSet<>();
    attributes().forEach(it -> differing.add(it.path().split("[.\\[]")[0]));
    return differing;
  }

  private static boolean isMarked(JsonNode marks, String attribute) {
    return marks.isBoolean() ? marks.booleanValue() : holdsTrue(marks.path(attribute), Set.of());
  }

  private static boolean holdsTrue(JsonNode marks, Set<String> except) {
    if (marks.isArray()) {
      return StreamSupport.stream(marks.spliterator(), false).anyMatch(it -> holdsTrue(it, except));
    }
    return marks.asBoolean()
        || marks.properties().stream()
            .anyMatch(it -> !except.contains(it.getKey()) && holdsTrue(it.getValue(), except));
  }
}
