package payments.dr.configuration.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A settings record and its keys: shared by the binder of files, by {@link SettingsFactory} and by
 * the schema.
 *
 * @param refinements what the place where the record is used says of some of its keys
 */
public record SettingsType<T extends Record>(Class<T> type, List<Refined> refinements) {

  public static <T extends Record> SettingsType<T> of(Class<T> type) {
    return new SettingsType<>(type, List.of());
  }

  @SuppressWarnings("unchecked")
  static SettingsType<?> of(Class<?> group, List<Refined> refinements) {
    return new SettingsType<>((Class<? extends Record>) group, refinements);
  }

  /** Returns a group that is an element of a list or of a pair. */
  public static SettingsType<?> ofElement(Class<?> group) {
    return of(group, List.of());
  }

  public List<SettingsKey> keys() {
    return Stream.of(type.getRecordComponents())
        .map(component -> SettingsKey.of(component, refinements))
        .toList();
  }

  public List<String> names() {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /**
   * Makes the record of values by key; its own rules see them only when none is missing.
   *
   * @param given whole groups as records; whatever is absent gets its default
   * @throws InvalidSettingsException with everything that is wrong
   */
  public T make(Map<String, Object> given) {
    Map<String, Object> values = withDefaults(given);
    List<ConfigurationError> errors = new ArrayList<>(check(values));
    if (errors.stream().allMatch(error -> values.get(error.key()) != null)) {
      try {
        T made = construct(values);
        if (errors.isEmpty()) {
          return made;
        }
      } catch (InvalidSettingsException e) {
        errors.addAll(e.errors());
      }
    }
    throw new InvalidSettingsException(errors);
  }

  /** Returns the values with the defaults of those that are absent; groups have none. */
  public Map<String, Object> withDefaults(Map<String, Object> given) {
    Map<String, Object> values = new HashMap<>(given);
    for (SettingsKey key : keys()) {
      key.defaultValue().ifPresent(value -> values.putIfAbsent(key.name(), value));
    }
    return values;
  }

  /** Returns what is wrong with each value by itself. */
  public List<ConfigurationError> check(Map<String, Object> values) {
    ConfigurationErrors errors = new ConfigurationErrors();
    keys().forEach(key -> key.check(errors, values.get(key.name())));
    return errors.all();
  }

  /**
   * Calls the record's constructor.
   *
   * @throws InvalidSettingsException when its rules over several keys refuse the values
   */
  public T construct(Map<String, Object> values) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      var constructor =
          type.getDeclaredConstructor(
              Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(
          Stream.of(components).map(component -> values.get(component.getName())).toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /**
   * Returns whether a type is a record of settings of its own, as opposed to one that is written as
   * a text.
   */
  public static boolean isGroup(Class<?> type) {
    return type.isRecord() && parser(type).isEmpty();
  }

  /**
   * Returns the method that reads the type from a text, such as {@code CidrBlock.valueOf}; not one
   * of Java's numbers, which are no texts in YAML.
   */
  public static Optional<Method> parser(Class<?> type) {
    if (Number.class.isAssignableFrom(type)) {
      return Optional.empty();
    }
    try {
      return Optional.of(type.getMethod("valueOf", String.class))
          .filter(method -> Modifier.isStatic(method.getModifiers()));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads a text, a word of an enum, or whatever else is written as a text.
   *
   * @throws IllegalArgumentException saying what is wanted and what was given
   */
  public static Object read(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type.isEnum()) {
      List<String> words = words(type);
      if (!words.contains(text)) {
        throw new IllegalArgumentException(
            "must be one of "
                + String.join(", ", words)
                + ", got "
                + ConfigurationErrors.quoted(text));
      }
      return type.getEnumConstants()[words.indexOf(text)];
    }
    try {
      return parser(type)
          .orElseThrow(() -> new IllegalStateException("settings cannot hold a " + type.getName()))
          .invoke(null, text);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(type + " cannot be read", e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(type + " cannot be read", e);
    }
  }

  /** Returns how the constants of an enum are written in a file: {@code PER_ZONE} as per-zone. */
  public static List<String> words(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants())
        .map(constant -> word((Enum<?>) constant))
        .toList();
  }

  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
