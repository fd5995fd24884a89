package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.Fault;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.Setting;

/**
 * Makes a settings record from a tree of keys and values, and collects everything that is wrong.
 *
 * <p>A group that cannot be made reaches the outermost record as {@code null}, so that rules across
 * the other groups still run; what that record then says about a key that failed is dropped.
 */
final class SettingsBinder {

  /** Instead of a value, when a fault has been noted. */
  private static final Object FAILED = new Object();

  private static final List<String> ROLES = List.of("primary", "dr");

  private final List<Fault> faults = new ArrayList<>();

  private SettingsBinder() {}

  /**
   * What was read.
   *
   * @param value empty when a fault kept it from being made; there can be faults beside a value
   */
  record Bound<T>(Optional<T> value, List<Fault> faults) {}

  static <T extends Record> Bound<T> bind(Class<T> type, JsonNode tree) {
    SettingsBinder binder = new SettingsBinder();
    Object value = binder.group(type, tree, "");
    return new Bound<>(
        value == FAILED ? Optional.empty() : Optional.of(type.cast(value)),
        List.copyOf(binder.faults));
  }

  private Object value(Type type, JsonNode given, String path, Setting setting) {
    if (PlainSecrets.removed(given)) {
      return FAILED;
    }
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      return generic.getRawType() == RegionPair.class
          ? pair(element, given, path, setting)
          : list(element, given, path, setting);
    }
    Class<?> plain = (Class<?>) type;
    if (SettingsType.isGroup(plain)) {
      return group(plain, given, path);
    }
    try {
      return ScalarReader.read(plain, given);
    } catch (IllegalArgumentException e) {
      return fail(path, e.getMessage());
    }
  }

  private Object group(Class<?> type, JsonNode given, String path) {
    if (!given.isObject()) {
      return fail(path, "must be a group of keys, got " + ScalarReader.describe(given));
    }
    SettingsType<?> group = SettingsType.of(type);
    Set<String> required = group.requiredKeys();
    Set<String> failed = new HashSet<>(unknownKeys(given, group.keys(), path));
    List<RecordComponent> components = group.components();
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components.get(i);
      String key = component.getName();
      JsonNode below = given.get(key);
      if (below == null && required.contains(key) && SettingsType.isGroup(component.getType())) {
        below = JsonNodeFactory.instance.objectNode();
      }
      if (below != null) {
        Object value =
            value(
                component.getGenericType(),
                below,
                under(path, key),
                SettingsType.setting(component));
        if (value == FAILED) {
          failed.add(key);
        } else {
          values[i] = value;
        }
      }
    }
    if (failed.isEmpty() || path.isEmpty()) {
      return construct(group, values, failed, path);
    }
    checkEach(group, values, required, failed, path);
    return FAILED;
  }

  private Object construct(
      SettingsType<?> group, Object[] values, Set<String> failed, String path) {
    try {
      Object made = group.construct(values);
      return failed.isEmpty() ? made : FAILED;
    } catch (InvalidSettingsException e) {
      e.faults().stream()
          .filter(fault -> failed.stream().noneMatch(key -> mentions(fault, key)))
          .forEach(fault -> faults.add(fault.under(path)));
      return FAILED;
    }
  }

  /** Checks the sound values of a group that cannot be made, each by itself. */
  private void checkEach(
      SettingsType<?> group,
      Object[] values,
      Set<String> required,
      Set<String> failed,
      String path) {
    try {
      Faults.of(group.type(), values).throwIfAny();
    } catch (InvalidSettingsException e) {
      e.faults().stream()
          .filter(fault -> !failed.contains(fault.key()))
          .filter(
              fault ->
                  required.contains(fault.key())
                      || values[group.keys().indexOf(fault.key())] != null)
          .forEach(fault -> faults.add(fault.under(path)));
    }
  }

  private Object pair(Type element, JsonNode given, String path, Setting setting) {
    if (!given.isObject()) {
      return fail(
          path, "must be a group of keys primary and dr, got " + ScalarReader.describe(given));
    }
    Set<String> failed = new HashSet<>(unknownKeys(given, ROLES, path));
    List<Object> values = new ArrayList<>();
    for (String role : ROLES) {
      JsonNode below = given.get(role);
      if (below != null) {
        values.add(value(element, below, under(path, role), setting));
      } else {
        values.add(FAILED);
        if (!failed.contains(role)) {
          fail(under(path, role), "is required: " + setting.value());
        }
      }
    }
    return values.contains(FAILED) ? FAILED : new RegionPair<>(values.get(0), values.get(1));
  }

  private Object list(Type element, JsonNode given, String path, Setting setting) {
    if (!given.isArray()) {
      return fail(path, "must be a list, got " + ScalarReader.describe(given));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      values.add(value(element, given.get(i), path + "[" + i + "]", setting));
    }
    return values.contains(FAILED) ? FAILED : values;
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
    faults.add(new Fault(path, problem));
    return FAILED;
  }

  private static boolean mentions(Fault fault, String key) {
    return Pattern.compile("\\b" + Pattern.quote(key) + "\\b").matcher(fault.toString()).find();
  }

  private static String under(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
