package payments.dr.configuration;

import payments.dr.configuration.environment.Account;
import payments.dr.configuration.naming.ResourceNames;

/** What a settings file may be called, since its name becomes part of AWS names. */
enum NamePattern {
  ENVIRONMENT(
      "(?!" + Account.PREFIX + ")" + ResourceNames.ENVIRONMENT_PATTERN,
      ResourceNames.ENVIRONMENT_MEANING + ", not beginning with \"" + Account.PREFIX + "\""),
  /** Leaves room for {@link Account#PREFIX} in a name that stops at 20 characters. */
  ACCOUNT(
      "(?=.{1,12}$)" + ResourceNames.ENVIRONMENT_PATTERN,
      "1 to 12 lower-case letters, digits and single hyphens, a letter first");

  private final String pattern;
  private final String meaning;

  NamePattern(String pattern, String meaning) {
    this.pattern = pattern;
    this.meaning = meaning;
  }

  String pattern() {
    return pattern;
  }

  String meaning() {
    return meaning;
  }
}
