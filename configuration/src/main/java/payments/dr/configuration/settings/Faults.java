package payments.dr.configuration.settings;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Collects what is wrong with one settings record, so that its author sees all of it at once.
 *
 * <p>Used in the record's compact constructor: {@link #of} checks each value against its {@link
 * Setting}, rules over several keys are added with {@link #add}, and {@link #throwIfAny} ends it.
 */
public final class Faults {

  private final List<Fault> faults = new ArrayList<>();

  private Faults() {}

  /**
   * Checks one record's values against the annotations of its components.
   *
   * @param values in the order of the record's components, defaults already filled in
   */
  public static Faults of(Class<? extends Record> settings, Object... values) {
    RecordComponent[] components = settings.getRecordComponents();
    if (components.length != values.length) {
      throw new IllegalStateException(
          settings.getSimpleName() + " has " + components.length + " keys, got " + values.length);
    }
    Faults faults = new Faults();
    for (int i = 0; i < values.length; i++) {
      faults.check(components[i], values[i]);
    }
    return faults;
  }

  public boolean none() {
    return faults.isEmpty();
  }

  /** Adds a fault; {@code allowed} continues the sentence "must ...". */
  public Faults add(String key, String allowed, Object given) {
    faults.add(new Fault(key, "must " + allowed + ", got " + quoted(given)));
    return this;
  }

  /** Adds a fault unless the text is a day, or absent. */
  public Faults checkDay(String key, String text) {
    try {
      if (text != null) {
        LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      add(key, "be a date as in 2026-12-31", text);
    }
    return this;
  }

  /** Adds the fault that a key is absent which only some files need; {@code when} says which. */
  public Faults require(String key, String when) {
    faults.add(new Fault(key, "is required " + when));
    return this;
  }

  /**
   * @throws InvalidSettingsException with all the faults found, if any
   */
  public void throwIfAny() {
    if (!faults.isEmpty()) {
      throw new InvalidSettingsException(faults);
    }
  }

  /** Texts in quotes, so that blanks show. */
  public static String quoted(Object value) {
    return value instanceof CharSequence ? "\"" + value + "\"" : String.valueOf(value);
  }

  private void check(RecordComponent component, Object value) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " needs a @Setting");
    }
    String key = component.getName();
    if (value == null) {
      if (!setting.optional()) {
        faults.add(new Fault(key, "is required: " + setting.value()));
      }
    } else if (value instanceof Collection<?> elements) {
      checkRange(key, setting, elements.size(), " elements", value);
      elements.forEach(element -> checkText(key, setting, element));
    } else if (value instanceof Integer number) {
      checkRange(key, setting, number, "", value);
      checkText(key, setting, value);
    } else {
      checkText(key, setting, value);
    }
  }

  private void checkRange(String key, Setting setting, int number, String unit, Object given) {
    boolean low = number < setting.min();
    boolean high = number > setting.max();
    if (!low && !high) {
      return;
    }
    if (setting.min() == Integer.MIN_VALUE) {
      add(key, "be at most " + setting.max() + unit, given);
    } else if (setting.max() == Integer.MAX_VALUE) {
      add(key, "be at least " + setting.min() + unit, given);
    } else {
      add(key, "be " + setting.min() + " to " + setting.max() + unit, given);
    }
  }

  private void checkText(String key, Setting setting, Object value) {
    if (setting.oneOf().length > 0
        && !Arrays.asList(setting.oneOf()).contains(String.valueOf(value))) {
      add(key, "be one of " + String.join(", ", setting.oneOf()), value);
    } else if (value instanceof String text
        && !setting.pattern().isEmpty()
        && !text.matches(setting.pattern())) {
      add(key, "be " + setting.patternMeaning(), text);
    }
  }
}
