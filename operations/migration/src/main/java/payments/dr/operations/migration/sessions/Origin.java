package payments.dr.operations.migration.sessions;

import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Where the copier found what it wrote; an attribute of each item that it writes.
 *
 * @param generation of the source
 * @param sequence place in its stream, padded, so that later ones are greater as text
 */
record Origin(String generation, String sequence) {

  static final String ATTRIBUTE = "dr:origin";

  /** Whether the item only stands for one that was deleted. */
  static final String TOMBSTONE = "dr:deleted";

  /** AWS documents 40 digits at most, too many for a number of DynamoDB's. */
  private static final int DIGITS = 40;

  /** Of what a scan found: older than anything in the stream. */
  static Origin scanned(String generation) {
    return new Origin(generation, "0".repeat(DIGITS));
  }

  static Origin streamed(String generation, String sequenceNumber) {
    return new Origin(generation, "0".repeat(DIGITS - sequenceNumber.length()) + sequenceNumber);
  }

  AttributeValue value() {
    return AttributeValue.fromS(prefix() + sequence);
  }

  /** What origins of this source begin with. */
  String prefix() {
    return generation + "/";
  }

  static boolean tombstone(Map<String, AttributeValue> item) {
    return item.containsKey(TOMBSTONE);
  }
}
