package payments.dr.operations.migration.sessions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class ContentsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Contents.Judge JUDGE = Contents.judge(NOW, "idempotency#");

  @Test
  void expired_sessions_may_differ_and_idempotency_keys_may_not() {
    assertTrue(JUDGE.counts(item("s", 1)));
    assertTrue(JUDGE.counts(Map.of(Sessions.KEY, AttributeValue.fromS("for ever"))));
    assertFalse(JUDGE.counts(item("s", -1)));
    assertTrue(JUDGE.counts(item("idempotency#s", -1)));
  }

  @Test
  void tombstones_are_nothing() {
    Map<String, AttributeValue> tombstone = new HashMap<>(item("idempotency#s", 1));
    tombstone.put(Origin.TOMBSTONE, AttributeValue.fromBool(true));

    assertFalse(JUDGE.counts(tombstone));
  }

  @Test
  void fingerprint_tells_every_change_and_only_those_of_the_application() {
    Map<String, AttributeValue> item = item("s", 1);
    Map<String, AttributeValue> copied = new HashMap<>(item);
    copied.put(Origin.ATTRIBUTE, Origin.scanned("v1").value());
    assertEquals(Fingerprint.of(item), Fingerprint.of(copied));
    copied.put("roles", AttributeValue.fromSs(List.of("a", "b")));
    assertNotEquals(Fingerprint.of(item), Fingerprint.of(copied));
    Map<String, AttributeValue> other = new HashMap<>(copied);
    other.put("roles", AttributeValue.fromSs(List.of("b", "a")));
    assertEquals(Fingerprint.of(copied), Fingerprint.of(other));
    other.put("roles", AttributeValue.fromSs(List.of("a,b")));
    assertNotEquals(Fingerprint.of(copied), Fingerprint.of(other));
    assertNotEquals(
        Fingerprint.of(Map.of("x", AttributeValue.fromS("1"))),
        Fingerprint.of(Map.of("x", AttributeValue.fromN("1"))));
  }

  private static Map<String, AttributeValue> item(String key, long secondsFromNow) {
    return Map.of(
        Sessions.KEY, AttributeValue.fromS(key),
        Sessions.EXPIRY,
            AttributeValue.fromN(Long.toString(NOW.plusSeconds(secondsFromNow).getEpochSecond())));
  }
}
