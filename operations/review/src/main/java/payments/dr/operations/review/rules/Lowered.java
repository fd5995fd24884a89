package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.lowered;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * A time for which something is kept that gets shorter.
 *
 * @param days that are left; of several, the most
 */
record Lowered(String found, long days) {

  /** A mistake of Friday is often seen on Monday, and one of a holiday a week later. */
  static final int SHORTEST_DAYS = 7;

  private static final String LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";

  static Optional<Lowered> in(ResourceChange change) {
    return Stream.of(
            "backup_retention_period", "deletion_window_in_days", "recovery_window_in_days")
        .flatMap(
            attribute ->
                lowered(change, "/" + attribute).stream()
                    .map(found -> new Lowered(found, change.after(attribute).asLong())))
        .findFirst()
        .or(() -> BackupChanges.retention(change))
        .or(() -> expiration(change));
  }

  boolean isTooShort() {
    return days < SHORTEST_DAYS;
  }

  /** Objects of a bucket, or their old versions, that are deleted earlier. */
  private static Optional<Lowered> expiration(ResourceChange change) {
    if (!change.is(LIFECYCLE) || !change.alters()) {
      return Optional.empty();
    }
    Map<String, JsonNode> before = rules(change.before("rule"));
    return rules(change.after("rule")).entrySet().stream()
        .flatMap(
            rule ->
                Stream.of("/expiration/0/days", "/noncurrent_version_expiration/0/noncurrent_days")
                    .flatMap(
                        pointer ->
                            earlier(
                                before.containsKey(rule.getKey())
                                    ? before.get(rule.getKey()).at(pointer)
                                    : change.before().path("none"),
                                rule.getValue().at(pointer),
                                pointer)
                                .stream()))
        .min(Comparator.comparingLong(Lowered::days));
  }

  private static Optional<Lowered> earlier(JsonNode before, JsonNode after, String pointer) {
    return after.asLong() > 0 && (before.asLong() == 0 || after.asLong() < before.asLong())
        ? Optional.of(
            new Lowered(
                "%s goes from %s to %d"
                    .formatted(
                        pointer.substring(1).replace("/0/", "."),
                        before.asLong() == 0 ? "none" : before.asText(),
                        after.asLong()),
                after.asLong()))
        : Optional.empty();
  }

  private static Map<String, JsonNode> rules(JsonNode rules) {
    Map<String, JsonNode> byId = new TreeMap<>();
    rules.forEach(rule -> byId.put(rule.path("id").asText(), rule));
    return byId;
  }
}
