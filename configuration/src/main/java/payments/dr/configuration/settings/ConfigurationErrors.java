package payments.dr.configuration.settings;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with one settings record, so that its author sees all of it at once.
 *
 * <p>A record's compact constructor adds what breaks its rules over several keys and ends with
 * {@link #throwIfAny}. Each value by itself is checked before, by {@link SettingsKey}.
 */
public final class ConfigurationErrors {

  private final List<ConfigurationError> errors = new ArrayList<>();

  /** Adds an error; {@code allowed} continues the sentence "must ...". */
  public ConfigurationErrors add(String key, String allowed, Object given) {
    errors.add(new ConfigurationError(key, "must " + allowed + ", got " + quoted(given)));
    return this;
  }

  /** Adds an error unless the text is a day, or absent. */
  public ConfigurationErrors checkDay(String key, String text) {
    try {
      if (text != null) {
        LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      add(key, "be a date as in 2026-12-31", text);
    }
    return this;
  }

  /** Adds the error that a key is absent which only some files need; {@code when} says which. */
  public ConfigurationErrors require(String key, String when) {
    errors.add(new ConfigurationError(key, "is required " + when));
    return this;
  }

  void missing(String key, String meaning) {
    errors.add(new ConfigurationError(key, "is required: " + meaning));
  }

  /**
   * Throws all errors at once.
   *
   * @throws InvalidSettingsException with all the errors found, if any
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
  }

  /** Texts in quotes, so that blanks show. */
  public static String quoted(Object value) {
    return value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
  }

  List<ConfigurationError> all() {
    return List.copyOf(errors);
  }
}
