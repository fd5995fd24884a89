package payments.dr.operations.migration.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

class StreamChangeTest {

  private static final Map<String, AttributeValue> NOTHING = Map.of();
  private static final Map<String, AttributeValue> PLAIN = item("1");
  private static final String COPIED = "v1/" + "0".repeat(37) + "007";

  @Test
  void what_the_application_writes_is_copied_without_the_copiers_attributes() {
    StreamChange effect = StreamChange.of(record(NOTHING, PLAIN), "v2").orElseThrow();

    assertEquals("s", effect.key());
    assertEquals(Optional.of(PLAIN), effect.item());
    assertEquals("v2/" + "0".repeat(37) + "123", effect.origin().value().s());
  }

  @Test
  void what_the_copier_writes_is_not_copied_back() {
    assertTrue(StreamChange.of(record(NOTHING, marked(PLAIN, COPIED)), "v2").isEmpty());
    assertTrue(StreamChange.of(record(item("0"), marked(PLAIN, COPIED)), "v2").isEmpty());
    assertTrue(
        StreamChange.of(
                record(marked(item("0"), "v1/" + "0".repeat(40)), marked(PLAIN, COPIED)), "v2")
            .isEmpty());
  }

  @Test
  void update_of_a_copied_item_by_the_application_is_copied_although_its_origin_stays() {
    StreamChange effect =
        StreamChange.of(record(marked(item("0"), COPIED), marked(PLAIN, COPIED)), "v2")
            .orElseThrow();

    assertEquals(Optional.of(PLAIN), effect.item());
  }

  @Test
  void delete_by_the_application_is_copied_and_the_copiers_tombstones_are_not() {
    assertEquals(
        Optional.empty(),
        StreamChange.of(record(marked(PLAIN, COPIED), NOTHING), "v2").orElseThrow().item());
    Map<String, AttributeValue> tombstone = marked(PLAIN, COPIED);
    tombstone.put(Origin.TOMBSTONE, AttributeValue.fromBool(true));
    assertTrue(StreamChange.of(record(NOTHING, tombstone), "v2").isEmpty());
    assertTrue(StreamChange.of(record(tombstone, NOTHING), "v2").isEmpty());
  }

  @Test
  void later_places_in_the_stream_are_greater_as_text() {
    String scanned = Origin.scanned("v1").value().s();
    String early = Origin.streamed("v1", "99").value().s();
    String late = Origin.streamed("v1", "1100000000017454423009").value().s();

    assertTrue(scanned.compareTo(early) < 0);
    assertTrue(early.compareTo(late) < 0);
  }

  private static Map<String, AttributeValue> item(String value) {
    return Map.of(Sessions.KEY, AttributeValue.fromS("s"), "value", AttributeValue.fromN(value));
  }

  private static Map<String, AttributeValue> marked(
      Map<String, AttributeValue> item, String origin) {
    Map<String, AttributeValue> marked = new HashMap<>(item);
    marked.put(Origin.ATTRIBUTE, AttributeValue.fromS(origin));
    return marked;
  }

  private static Record record(
      Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    return Record.builder()
        .dynamodb(
            change ->
                change
                    .keys(Sessions.key("s"))
                    .oldImage(before)
                    .newImage(after)
                    .sequenceNumber("123"))
        .build();
  }
}
