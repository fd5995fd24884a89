package payments.dr.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.environment.AccountConfig;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.measurement.Measurements;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.settings.SettingsKey;
import payments.dr.configuration.settings.SettingsType;

/** Every number is held to its own range, and no number to that of a neighbor. */
class EveryRangeTest {

  record Pair(
      @Setting(value = "Small", min = 1, max = 9) Integer small,
      @Setting(value = "Large", min = 100, max = 900) Integer large) {}

  @Test
  void swapped_values_are_each_refused_by_their_own_range() {
    assertEquals(
        "small must be 1 to 9, got 500; large must be 100 to 900, got 5",
        assertThrows(
                InvalidSettingsException.class,
                () -> SettingsFactory.of(Pair.class, "large", 5, "small", 500))
            .getMessage());
  }

  @Test
  void a_number_below_or_above_its_range_is_refused_under_its_key() {
    List<String> wrong = new ArrayList<>();
    int tried = 0;
    for (SettingsType<?> type : types()) {
      for (SettingsKey key : type.keys()) {
        for (int number : outside(key)) {
          tried++;
          List<String> refused =
              type.check(type.withDefaults(Map.of(key.name(), number))).stream()
                  .map(Object::toString)
                  .filter(error -> error.endsWith(", got " + number))
                  .toList();
          if (refused.size() != 1 || !refused.get(0).startsWith(key.name() + " must be ")) {
            wrong.add(type.type().getSimpleName() + "." + key.name() + ": " + refused);
          }
        }
      }
    }

    assertEquals(List.of(), wrong);
    assertTrue(tried > 60, "only " + tried + " numbers were tried");
  }

  @Test
  void a_default_is_within_its_own_range() {
    for (SettingsType<?> type : types()) {
      List<String> unfit =
          type.check(type.withDefaults(Map.of())).stream()
              .map(Object::toString)
              .filter(error -> !error.contains(" is required: "))
              .toList();

      assertEquals(List.of(), unfit, type.type().getSimpleName());
    }
  }

  private static List<Integer> outside(SettingsKey key) {
    if (key.type() != Integer.class) {
      return List.of();
    }
    return Stream.of(
            key.setting().min() == Integer.MIN_VALUE ? null : key.setting().min() - 1,
            key.setting().max() == Integer.MAX_VALUE ? null : key.setting().max() + 1)
        .filter(number -> number != null)
        .toList();
  }

  private static List<SettingsType<?>> types() {
    List<SettingsType<?>> found = new ArrayList<>();
    for (Class<? extends Record> file :
        List.of(EnvironmentConfig.class, AccountConfig.class, Measurements.class)) {
      collect(SettingsType.of(file), found);
    }
    return found;
  }

  private static void collect(SettingsType<?> type, List<SettingsType<?>> found) {
    found.add(type);
    for (SettingsKey key : type.keys()) {
      if (key.isGroup()) {
        collect(key.group(), found);
      } else if (key.type() instanceof ParameterizedType generic
          && generic.getActualTypeArguments()[0] instanceof Class<?> element
          && SettingsType.isGroup(element)) {
        collect(SettingsType.ofElement(element), found);
      }
    }
  }
}
