package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.ConfigurationError;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsKey;
import payments.dr.configuration.settings.SettingsType;

/**
 * Makes a settings record from a tree of keys and values, and collects everything that is wrong.
 *
 * <p>A group that cannot be made reaches the outermost record as {@code null}, so that rules across
 * the other groups still run; what that record then says about a key that failed is dropped.
 */
final class SettingsBinder {

  /** Instead of a value, when an error has been noted. */
  private static final Object FAILED = new Object();

  private static final List<String> ROLES = List.of("primary", "dr");

  private final List<ConfigurationError> errors = new ArrayList<>();

  private SettingsBinder() {}

  /**
   * What was read.
   *
   * @param value empty when an error kept it from being made; there can be errors beside a value
   */
  record Bound<T>(Optional<T> value, List<ConfigurationError> errors) {}

  static <T extends Record> Bound<T> bind(Class<T> type, JsonNode tree) {
    SettingsBinder binder = new SettingsBinder();
    Object value = binder.group(SettingsType.of(type), tree, "");
    return new Bound<>(
        value == FAILED ? Optional.empty() : Optional.of(type.cast(value)),
        List.copyOf(binder.errors));
  }

  private Object value(SettingsKey key, JsonNode given, String path) {
    if (PlainSecrets.removed(given)) {
      return FAILED;
    }
    if (key.type() instanceof ParameterizedType generic) {
      Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
      return isPair(key) ? pair(element, key, given, path) : list(element, given, path);
    }
    return key.isGroup()
        ? group(key.group(), given, path)
        : single((Class<?>) key.type(), given, path);
  }

  private Object element(Class<?> type, JsonNode given, String path) {
    if (PlainSecrets.removed(given)) {
      return FAILED;
    }
    return SettingsType.isGroup(type)
        ? group(SettingsType.ofElement(type), given, path)
        : single(type, given, path);
  }

  private Object single(Class<?> type, JsonNode given, String path) {
    try {
      return ScalarReader.read(type, given);
    } catch (IllegalArgumentException e) {
      return fail(path, e.getMessage());
    }
  }

  private Object group(SettingsType<?> group, JsonNode given, String path) {
    if (!given.isObject()) {
      return fail(path, "must be a group of keys, got " + ScalarReader.describe(given));
    }
    Set<String> failed = new HashSet<>(unknownKeys(given, group.names(), path));
    Map<String, Object> values = new HashMap<>();
    for (SettingsKey key : group.keys()) {
      JsonNode below = given.get(key.name());
      if (below == null && (key.isGroup() || isPair(key)) && !key.optional()) {
        below = JsonNodeFactory.instance.objectNode();
      }
      if (below != null) {
        Object value = value(key, below, under(path, key.name()));
        if (value == FAILED) {
          failed.add(key.name());
        } else {
          values.put(key.name(), value);
        }
      }
    }
    if (failed.isEmpty() && !path.isEmpty()) {
      return make(group, values, path);
    }
    checkPart(group, values, failed, path);
    return path.isEmpty() ? outermost(group, values, failed) : FAILED;
  }

  private Object make(SettingsType<?> group, Map<String, Object> values, String path) {
    try {
      return group.make(values);
    } catch (InvalidSettingsException e) {
      e.errors().forEach(error -> errors.add(error.under(path)));
      return FAILED;
    }
  }

  /** Checks the sound values of a group that may not be whole, each by itself. */
  private void checkPart(
      SettingsType<?> group, Map<String, Object> values, Set<String> failed, String path) {
    group.check(group.withDefaults(values)).stream()
        .filter(error -> !failed.contains(error.key()))
        .forEach(error -> errors.add(error.under(path)));
  }

  /** Lets the rules across groups run on what is whole. */
  private Object outermost(SettingsType<?> group, Map<String, Object> values, Set<String> failed) {
    try {
      Object made = group.construct(group.withDefaults(values));
      return errors.isEmpty() ? made : FAILED;
    } catch (InvalidSettingsException e) {
      e.errors().stream()
          .filter(error -> failed.stream().noneMatch(key -> mentions(error, key)))
          .forEach(errors::add);
      return FAILED;
    }
  }

  private Object pair(Class<?> element, SettingsKey key, JsonNode given, String path) {
    if (!given.isObject()) {
      return fail(
          path, "must be a group of keys primary and dr, got " + ScalarReader.describe(given));
    }
    Set<String> failed = new HashSet<>(unknownKeys(given, ROLES, path));
    List<Object> values = new ArrayList<>();
    for (String role : ROLES) {
      JsonNode below = given.get(role);
      if (below != null) {
        values.add(checked(key, element(element, below, under(path, role)), under(path, role)));
      } else {
        values.add(FAILED);
        if (!failed.contains(role)) {
          fail(under(path, role), "is required: " + key.meaning());
        }
      }
    }
    return values.contains(FAILED) ? FAILED : new RegionPair<>(values.get(0), values.get(1));
  }

  private Object checked(SettingsKey key, Object value, String path) {
    List<ConfigurationError> found = value == FAILED ? List.of() : key.checkElement(path, value);
    errors.addAll(found);
    return found.isEmpty() ? value : FAILED;
  }

  private static boolean isPair(SettingsKey key) {
    return key.component().getType() == RegionPair.class;
  }

  private Object list(Class<?> element, JsonNode given, String path) {
    if (!given.isArray()) {
      return fail(path, "must be a list, got " + ScalarReader.describe(given));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      values.add(element(element, given.get(i), path + "[" + i + "]"));
    }
    return values.contains(FAILED) ? FAILED : List.copyOf(values);
  }

  /**
   * @return the keys that were meant but not given: it would be noise to call them missing, too
   */
  private List<String> unknownKeys(JsonNode given, Collection<String> known, String path) {
    List<String> meant = new ArrayList<>();
    for (var entry : given.properties()) {
      String key = entry.getKey();
      if (known.contains(key) || PlainSecrets.removed(entry.getValue())) {
        continue;
      }
      Optional<String> nearest = Nearest.to(key, known);
      nearest.filter(word -> !given.has(word)).ifPresent(meant::add);
      fail(
          under(path, key),
          "is no known key%s (allowed: %s)"
              .formatted(
                  nearest.map(word -> ", did you mean \"" + word + "\"?").orElse(""),
                  String.join(", ", known)));
    }
    return meant;
  }

  private Object fail(String path, String problem) {
    errors.add(new ConfigurationError(path, problem));
    return FAILED;
  }

  private static boolean mentions(ConfigurationError error, String key) {
    return Pattern.compile("\\b" + Pattern.quote(key) + "\\b").matcher(error.toString()).find();
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
