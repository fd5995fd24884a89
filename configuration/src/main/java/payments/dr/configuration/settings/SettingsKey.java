package payments.dr.configuration.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One key of a settings record as its {@link Setting} describes it, with what {@link Refined} says
 * otherwise where the record is used.
 *
 * @param defaultText the default as a file would have it, or empty
 */
public record SettingsKey(
    RecordComponent component,
    Setting setting,
    String meaning,
    String defaultText,
    String pattern,
    String patternMeaning) {

  static SettingsKey of(RecordComponent component, List<Refined> refinements) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " needs a @Setting");
    }
    Optional<Refined> refined =
        refinements.stream().filter(it -> it.key().equals(component.getName())).findFirst();
    return new SettingsKey(
        component,
        setting,
        given(refined.map(Refined::value), setting.value()),
        given(refined.map(Refined::defaultValue), setting.defaultValue()),
        given(refined.map(Refined::pattern), setting.pattern()),
        given(refined.map(Refined::patternMeaning), setting.patternMeaning()));
  }

  private static String given(Optional<String> refined, String otherwise) {
    return refined.filter(text -> !text.isEmpty()).orElse(otherwise);
  }

  public String name() {
    return component.getName();
  }

  /** The only values that it may have; empty where it has others. */
  public List<String> oneOf() {
    return List.of(setting.oneOf());
  }

  public Type type() {
    return component.getGenericType();
  }

  /** Returns whether the key may be absent without a default of its own. */
  public boolean optional() {
    return setting.optional();
  }

  public boolean isGroup() {
    return type() instanceof Class<?> plain && SettingsType.isGroup(plain);
  }

  /** Returns the record that this key holds, which must be a group. */
  public SettingsType<?> group() {
    return SettingsType.of(
        component.getType(), List.of(component.getAnnotationsByType(Refined.class)));
  }

  /**
   * Returns what a file gets that leaves the key out; empty for a group, and where there is no
   * default.
   */
  public Optional<Object> defaultValue() {
    if (defaultText.isEmpty()) {
      return Optional.empty();
    }
    if (type() instanceof ParameterizedType list) {
      Class<?> element = (Class<?>) list.getActualTypeArguments()[0];
      String elements = defaultText.substring(1, defaultText.length() - 1);
      return Optional.of(
          Stream.of(elements.split(", "))
              .filter(text -> !text.isEmpty())
              .map(text -> read(element, text))
              .toList());
    }
    return Optional.of(read(component.getType(), defaultText));
  }

  /** Adds what is wrong with a value, default already filled in; null when it is absent. */
  void check(ConfigurationErrors errors, Object value) {
    if (value == null) {
      if (!optional()) {
        errors.missing(name(), meaning);
      }
    } else if (value instanceof Collection<?> elements) {
      checkRange(errors, elements.size(), " elements", value);
      elements.forEach(element -> checkText(errors, name(), element));
    } else if (value instanceof Integer number) {
      checkRange(errors, number, "", value);
      checkText(errors, name(), value);
    } else {
      checkText(errors, name(), value);
    }
  }

  private void checkRange(ConfigurationErrors errors, int number, String unit, Object given) {
    int min = setting.min();
    int max = setting.max();
    if (number >= min && number <= max) {
      return;
    }
    if (min == Integer.MIN_VALUE) {
      errors.add(name(), "be at most " + max + unit, given);
    } else if (max == Integer.MAX_VALUE) {
      errors.add(name(), "be at least " + min + unit, given);
    } else {
      errors.add(name(), "be " + min + " to " + max + unit, given);
    }
  }

  /**
   * Returns what is wrong with one value of a pair.
   *
   * @param place where within the key the value stands
   */
  public List<ConfigurationError> checkElement(String place, Object value) {
    ConfigurationErrors errors = new ConfigurationErrors();
    checkText(errors, place, value);
    return errors.all();
  }

  private void checkText(ConfigurationErrors errors, String place, Object value) {
    if (!oneOf().isEmpty() && !oneOf().contains(String.valueOf(value))) {
      errors.add(place, "be one of " + String.join(", ", oneOf()), value);
    } else if (value instanceof String text && !pattern.isEmpty() && !text.matches(pattern)) {
      errors.add(place, "be " + patternMeaning, text);
    }
  }

  private static Object read(Class<?> type, String text) {
    if (type == Integer.class) {
      return Integer.valueOf(text);
    }
    return type == Boolean.class ? Boolean.valueOf(text) : SettingsType.read(type, text);
  }
}
