package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.SettingsType;

/** Reads the single values of settings; none is converted, lest 0123 become another number. */
final class ScalarReader {

  /** What begins an expression in any text of Terraform's JSON; escaped by a doubled sign, too. */
  private static final Pattern EXPRESSION = Pattern.compile("[$%]\\{");

  private ScalarReader() {}

  /**
   * @throws IllegalArgumentException saying what is wanted and what was given
   */
  static Object read(Class<?> type, JsonNode given) {
    if (type == Boolean.class) {
      return require(given.isBoolean(), "true or false", given).booleanValue();
    }
    if (type == Integer.class) {
      return require(given.isIntegralNumber() && given.canConvertToInt(), "a whole number", given)
          .intValue();
    }
    return SettingsType.read(type, text(given));
  }

  /** What stands in the file, for a message. */
  static String describe(JsonNode given) {
    if (given.isObject()) {
      return "a group of keys";
    }
    if (given.isArray()) {
      return "a list";
    }
    if (given.isNull() || given.asText().isEmpty()) {
      return "nothing";
    }
    return given.isTextual() ? ConfigurationErrors.quoted(given.textValue()) : given.asText();
  }

  private static String text(JsonNode given) {
    if (given.isNumber()) {
      throw new IllegalArgumentException(
          "must be a text, in quotes so that it keeps every digit, got the number "
              + given.asText());
    }
    String text =
        require(given.isTextual() && !given.textValue().isEmpty(), "a text", given).textValue();
    if (EXPRESSION.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must not contain \"${\" or \"%{\", which Terraform would evaluate, got "
              + describe(given));
    }
    return text;
  }

  private static JsonNode require(boolean right, String wanted, JsonNode given) {
    if (!right) {
      throw new IllegalArgumentException("must be " + wanted + ", got " + describe(given));
    }
    return given;
  }
}
