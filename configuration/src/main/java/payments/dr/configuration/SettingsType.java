package payments.dr.configuration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import payments.dr.configuration.settings.Fault;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.Setting;

/** What reflection tells about a settings record: shared by its binder and its schema. */
record SettingsType<T extends Record>(Class<T> type) {

  List<RecordComponent> components() {
    return List.of(type.getRecordComponents());
  }

  List<String> keys() {
    return components().stream().map(RecordComponent::getName).toList();
  }

  static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(
          component.getDeclaringRecord().getSimpleName()
              + "."
              + component.getName()
              + " needs a @Setting");
    }
    return setting;
  }

  /**
   * @throws InvalidSettingsException when the record refuses the values
   */
  T construct(Object... values) {
    Class<?>[] types = components().stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(type + " cannot be made", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be made", e);
    }
  }

  /** The keys without a default: those that a record made of nothing but nulls misses. */
  Set<String> requiredKeys() {
    Set<String> required = new LinkedHashSet<>();
    try {
      construct(new Object[components().size()]);
    } catch (InvalidSettingsException e) {
      for (Fault fault : e.faults()) {
        if (fault.problem().startsWith("is required")) {
          required.add(fault.key());
        }
      }
    }
    components().stream()
        .filter(component -> setting(component).optional())
        .forEach(component -> required.remove(component.getName()));
    return required;
  }

  /** The record that a file gets which leaves all keys out, when there is one. */
  Optional<T> defaults() {
    return requiredKeys().isEmpty()
        ? Optional.of(construct(new Object[components().size()]))
        : Optional.empty();
  }

  /** A record of settings of its own, as opposed to one that is written as a text. */
  static boolean isGroup(Class<?> type) {
    return type.isRecord() && parser(type).isEmpty();
  }

  @SuppressWarnings("unchecked")
  static SettingsType<?> of(Class<?> group) {
    return new SettingsType<>((Class<? extends Record>) group);
  }

  /**
   * The method that reads the type from a text, such as {@code CidrBlock.valueOf}; not one of
   * Java's numbers, which are no texts in YAML.
   */
  static Optional<Method> parser(Class<?> type) {
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

  /** How the constants of an enum are written in a file: {@code PER_ZONE} as per-zone. */
  static List<String> words(Class<?> enumType) {
    return Arrays.stream(enumType.getEnumConstants())
        .map(constant -> word((Enum<?>) constant))
        .toList();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
