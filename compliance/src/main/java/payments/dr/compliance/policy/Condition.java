package payments.dr.compliance.policy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One condition of a statement.
 *
 * @param operator such as {@code StringEquals}
 * @param key in lower case, such as {@code aws:sourceaccount}
 */
public record Condition(String operator, String key, Set<String> values) {

  /** Operators of which each value lets somebody in; of the others each keeps somebody out. */
  private static final Set<String> ALTERNATIVES =
      Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike", "IpAddress", "Bool");

  private static final Set<String> EXCEPTIONS =
      Set.of("StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike", "NotIpAddress");

  /** Stars alone, or an ARN that names neither an account nor, where it needs none, a resource. */
  private static final Pattern OPEN =
      Pattern.compile(
          "[*?:]*|arn:([^:]*:){0,3}[*?]+|arn:([^:]*:){3}[*?]+:[a-z-]+[:/][*?/:]*|arn:([^:]*:){3}[*?]*:[*?/]*");

  /** Those that a request without the key does not fulfil. */
  private static final Set<String> NARROWING =
      Set.of(
          "ArnEquals",
          "ArnLike",
          "Bool",
          "ForAnyValue:ArnEquals",
          "ForAnyValue:ArnLike",
          "ForAnyValue:StringEquals",
          "ForAnyValue:StringLike",
          "IpAddress",
          "StringEquals",
          "StringEqualsIgnoreCase",
          "StringLike");

  /** Only requests in plain text fulfil it. */
  public static final Condition PLAIN_TEXT =
      new Condition("Bool", "aws:securetransport", Set.of("false"));

  /** Only requests by a TLS older than 1.2 fulfil it. */
  public static final Condition OLD_TLS =
      new Condition("NumericLessThan", "s3:tlsversion", Set.of("1.2"));

  /** Whether whatever fulfils this one fulfils the other, too, as far as it can be told. */
  public boolean implies(Condition other) {
    if (!operator.equals(other.operator) || !key.equals(other.key)) {
      return false;
    }
    return values.equals(other.values)
        || ALTERNATIVES.contains(operator) && other.values.containsAll(values)
        || EXCEPTIONS.contains(operator) && values.containsAll(other.values);
  }

  /** Whether it lets in less than everything, whatever the request says of its key. */
  public boolean narrows() {
    return NARROWING.contains(operator)
        && !values.isEmpty()
        && values.stream().noneMatch(this::isOpen);
  }

  private boolean isOpen(String value) {
    return operator.equals("IpAddress")
        ? AddressRange.isInternet(value)
        : OPEN.matcher(value).matches();
  }

  /** Whether only requests in plain text, or by a TLS older than 1.2, fulfil it. */
  public boolean isWeakTransport() {
    return PLAIN_TEXT.equals(this) || OLD_TLS.equals(this);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(operator, key, new TreeSet<>(values));
  }
}
