package payments.dr.operations.migration.sessions;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * What a record of the source's stream means for the target.
 *
 * @param item as it is to be, without the copier's attributes; empty when it was deleted
 */
record StreamChange(String key, Optional<Map<String, AttributeValue>> item, Origin origin) {

  /** Nothing when the copier itself wrote it, going the other way. */
  static Optional<StreamChange> of(Record record, String generation) {
    var change = record.dynamodb();
    Map<String, AttributeValue> before = change.oldImage();
    Map<String, AttributeValue> after = change.newImage();
    boolean deleted = after.isEmpty();
    if (deleted ? Origin.tombstone(before) : copied(before, after)) {
      return Optional.empty();
    }
    return Optional.of(
        new StreamChange(
            change.keys().get(Sessions.KEY).s(),
            deleted ? Optional.empty() : Optional.of(plain(after)),
            Origin.streamed(generation, change.sequenceNumber())));
  }

  /**
   * The copier gives every item a new origin; an application that updates an item leaves the old
   * one standing, and one that replaces it leaves none.
   */
  private static boolean copied(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    AttributeValue origin = after.get(Origin.ATTRIBUTE);
    return origin != null && !origin.equals(before.get(Origin.ATTRIBUTE));
  }

  /** The item without the copier's attributes. */
  static Map<String, AttributeValue> plain(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> plain = new HashMap<>(item);
    plain.remove(Origin.ATTRIBUTE);
    plain.remove(Origin.TOMBSTONE);
    return plain;
  }
}
