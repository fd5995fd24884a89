package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy of a listener, whose name says the oldest protocol that it speaks and its date. */
final class TlsPolicy {

  private static final Pattern NAME =
      Pattern.compile(
          "ELBSecurityPolicy-TLS13-1-([0-3])(?:-(?:Res|PQ|FIPS|Res-PQ))*-(\\d{4})-(\\d{2}).*");

  private TlsPolicy() {}

  /** Whether one is not known to be at least as strong as the other. */
  static boolean isOlder(JsonNode before, JsonNode after) {
    return !before.equals(after) && rank(after.asText()) <= rank(before.asText());
  }

  /** The oldest protocol first; 0 for a name that is not known. */
  private static long rank(String name) {
    Matcher matcher = NAME.matcher(name);
    return matcher.matches()
        ? Long.parseLong(matcher.group(1) + matcher.group(2) + matcher.group(3)) + 1
        : 0;
  }
}
