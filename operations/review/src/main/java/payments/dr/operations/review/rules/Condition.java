package payments.dr.operations.review.rules;

import java.util.Set;
import java.util.TreeSet;

/**
 * One condition of a statement.
 *
 * @param operator such as {@code StringEquals}
 * @param key in lower case, such as {@code aws:sourceaccount}
 */
record Condition(String operator, String key, Set<String> values) {

  /** Operators of which each value lets somebody in; of the others each keeps somebody out. */
  private static final Set<String> ALTERNATIVES =
      Set.of("StringEquals", "StringLike", "ArnEquals", "ArnLike", "IpAddress", "Bool");

  private static final Set<String> EXCEPTIONS =
      Set.of("StringNotEquals", "StringNotLike", "ArnNotEquals", "ArnNotLike", "NotIpAddress");

  private static final Condition PLAIN_TEXT =
      new Condition("Bool", "aws:securetransport", Set.of("false"));

  private static final Condition OLD_TLS =
      new Condition("NumericLessThan", "s3:tlsversion", Set.of("1.2"));

  /** Whether whatever fulfils this one fulfils the other, too, as far as it can be told. */
  boolean implies(Condition other) {
    if (!operator.equals(other.operator) || !key.equals(other.key)) {
      return false;
    }
    return values.equals(other.values)
        || ALTERNATIVES.contains(operator) && other.values.containsAll(values)
        || EXCEPTIONS.contains(operator) && values.containsAll(other.values);
  }

  /** Whether only requests in plain text, or by a TLS older than 1.2, fulfil it. */
  boolean isWeakTransport() {
    return PLAIN_TEXT.equals(this) || OLD_TLS.equals(this);
  }

  @Override
  public String toString() {
    return "%s %s %s".formatted(operator, key, new TreeSet<>(values));
  }
}
