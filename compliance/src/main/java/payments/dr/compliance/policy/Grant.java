package payments.dr.compliance.policy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What one statement says of one principal, one action and one resource.
 *
 * @param principal with its kind, such as {@code AWS:*}; "" in a policy of a role
 * @param action a pattern, as the resource is
 */
public record Grant(String principal, String action, String resource, Set<Condition> conditions) {

  /** A star, alone or in the place of the name in an ARN; those of S3 begin with the name. */
  private static final Pattern EVERY =
      Pattern.compile(
          "[*?]+|arn:[^:]*:s3:::[*?/]+"
              + "|arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:(?:[A-Za-z-]+[:/])?[*?:/]+");

  private static final Set<String> ACCOUNT_KEYS =
      Set.of(
          "aws:principalaccount",
          "aws:principalorgid",
          "aws:sourceaccount",
          "aws:sourceorgid",
          "kms:calleraccount");

  /** Whether another grant says at least as much: whatever this one allows it allows, too. */
  public boolean isWithin(Grant other) {
    return (principal.equals(other.principal)
            || other.principal.equals("AWS:*") && principal.startsWith("AWS:"))
        && covers(other.action.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT))
        && covers(other.resource, resource)
        && other.conditions.stream()
            .allMatch(demanded -> conditions.stream().anyMatch(it -> it.implies(demanded)));
  }

  /** Whether it is the same but for its conditions. */
  public boolean differsInConditions(Grant other) {
    return isWithin(new Grant(other.principal, other.action, other.resource, Set.of()));
  }

  /** Whether its principal is everybody, as far as the statement itself says. */
  public boolean isForEverybody() {
    return principal.equals("AWS:*") || principal.startsWith(PolicyStatement.ALL_BUT);
  }

  public boolean hasOpenActions() {
    return action.contains("*")
        || action.contains("?")
        || action.startsWith(PolicyStatement.ALL_BUT);
  }

  /** Every resource, or every one of a kind, other than for calls that can name none. */
  public boolean hasOpenResources() {
    return (resource.startsWith(PolicyStatement.ALL_BUT) || EVERY.matcher(resource).matches())
        && !(UnnamedCalls.are(Set.of(action)) && isNarrowed());
  }

  /** Whether a condition lets in less than everything. */
  public boolean isNarrowed() {
    return conditions.stream().anyMatch(Condition::narrows);
  }

  /** Whether a condition, in words of the other, says whose account it is. */
  public boolean isOfSameAccountAs(Grant other) {
    return conditions.stream()
        .anyMatch(it -> ACCOUNT_KEYS.contains(it.key()) && other.conditions.contains(it));
  }

  /** In words, for a reviewer. */
  public String words() {
    return (principal.isEmpty() ? "" : principal + " ")
        + action
        + " on "
        + resource
        + (conditions.isEmpty()
            ? ""
            : " if " + conditions.stream().map(String::valueOf).sorted().toList());
  }

  /** Whether a pattern matches whatever another one does: a star is matched by stars alone. */
  public static boolean covers(String pattern, String text) {
    int at = 0;
    int star = -1;
    int resume = 0;
    int i = 0;
    while (i < text.length()) {
      char wanted = at < pattern.length() ? pattern.charAt(at) : 0;
      if (wanted == '*') {
        star = at++;
        resume = i;
      } else if (at < pattern.length()
          && (wanted == text.charAt(i) || wanted == '?' && text.charAt(i) != '*')) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }
}
