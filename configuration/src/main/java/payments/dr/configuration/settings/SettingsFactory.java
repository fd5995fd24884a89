package payments.dr.configuration.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes settings records in Java just as files make them: by key, with defaults, and checked. */
public final class SettingsFactory {

  private SettingsFactory() {}

  /**
   * Makes one record.
   *
   * @param keysAndValues the keys that differ from their defaults, each before its value; a group
   *     is a record or a {@link #group}, and a value of null is absent
   * @throws InvalidSettingsException with everything that is wrong
   */
  public static <T extends Record> T of(Class<T> type, Object... keysAndValues) {
    return of(SettingsType.of(type), group(keysAndValues));
  }

  /** Returns the keys and values of a group within a record that {@link #of} makes. */
  public static Map<String, Object> group(Object... keysAndValues) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return given;
  }

  private static <T extends Record> T of(SettingsType<T> type, Map<?, ?> given) {
    List<?> unknown = given.keySet().stream().filter(key -> !type.names().contains(key)).toList();
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          type.type().getSimpleName() + " has the keys " + type.names() + ", got " + unknown);
    }
    List<ConfigurationError> errors = new ArrayList<>();
    Map<String, Object> values = new HashMap<>();
    for (SettingsKey key : type.keys()) {
      Object value = given.get(key.name());
      try {
        if (value instanceof Map<?, ?> group) {
          value = of(key.group(), group);
        } else if (value == null && key.isGroup() && !key.optional()) {
          value = of(key.group(), Map.of());
        }
      } catch (InvalidSettingsException e) {
        e.errors().forEach(error -> errors.add(error.under(key.name())));
      }
      if (value != null) {
        values.put(key.name(), value);
      }
    }
    if (!errors.isEmpty()) {
      throw new InvalidSettingsException(errors);
    }
    return type.make(values);
  }
}
