package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Set;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.Setting;

/**
 * The JSON Schema of a settings file, so that an editor completes keys, shows what they mean and
 * underlines what is wrong. Rules over several keys are beyond it; {@link Configuration} has them.
 */
final class SettingsSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SettingsSchema() {}

  /**
   * @param smallest what a file of only the required keys gives: its other values are the defaults
   */
  static <T extends Record> ObjectNode of(Class<T> type, T smallest) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", type.getSimpleName());
    schema.setAll(group(type, smallest));
    return schema;
  }

  private static ObjectNode group(Class<?> type, Object example) {
    SettingsType<?> group = SettingsType.of(type);
    Object defaults = example == null ? group.defaults().orElse(null) : example;
    Set<String> needed = group.requiredKeys();
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (RecordComponent component : group.components()) {
      String key = component.getName();
      Setting setting = SettingsType.setting(component);
      Object value = defaults == null ? null : valueOf(component, defaults);
      ObjectNode property = JSON.objectNode().put("description", setting.value());
      property.setAll(value(component.getGenericType(), setting, value));
      properties.set(key, property);
      if (needed.contains(key)) {
        if (isRequired(component)) {
          required.add(key);
        }
      } else if (value != null
          && !setting.optional()
          && !SettingsType.isGroup(component.getType())) {
        property.set("default", json(value));
      }
    }
    return required.isEmpty() ? schema : schema.set("required", required);
  }

  /** The binder makes a group that is left out, unless something in it has no default. */
  private static boolean isRequired(RecordComponent component) {
    Class<?> type = component.getType();
    return type == RegionPair.class
        || !SettingsType.isGroup(type)
        || SettingsType.of(type).components().stream()
            .anyMatch(
                below ->
                    SettingsType.of(type).requiredKeys().contains(below.getName())
                        && isRequired(below));
  }

  private static ObjectNode value(Type type, Setting setting, Object example) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      return generic.getRawType() == RegionPair.class
          ? pair(element, setting, (RegionPair<?>) example)
          : list(element, setting);
    }
    Class<?> plain = (Class<?>) type;
    if (SettingsType.isGroup(plain)) {
      return group(plain, example);
    }
    if (plain == Boolean.class) {
      return JSON.objectNode().put("type", "boolean");
    }
    return plain == Integer.class ? integer(setting) : text(plain, setting);
  }

  private static ObjectNode pair(Type element, Setting setting, RegionPair<?> example) {
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RegionRole role : RegionRole.values()) {
      properties.set(
          role.id(), value(element, setting, example == null ? null : example.get(role)));
      required.add(role.id());
    }
    return schema;
  }

  private static ObjectNode list(Type element, Setting setting) {
    ObjectNode schema = JSON.objectNode().put("type", "array");
    if (setting.min() != Integer.MIN_VALUE) {
      schema.put("minItems", setting.min());
    }
    if (setting.max() != Integer.MAX_VALUE) {
      schema.put("maxItems", setting.max());
    }
    return schema.set("items", value(element, setting, null));
  }

  private static ObjectNode integer(Setting setting) {
    ObjectNode schema = JSON.objectNode().put("type", "integer");
    if (setting.oneOf().length > 0) {
      ArrayNode allowed = schema.putArray("enum");
      List.of(setting.oneOf()).forEach(word -> allowed.add(Integer.parseInt(word)));
      return schema;
    }
    if (setting.min() != Integer.MIN_VALUE) {
      schema.put("minimum", setting.min());
    }
    if (setting.max() != Integer.MAX_VALUE) {
      schema.put("maximum", setting.max());
    }
    return schema;
  }

  private static ObjectNode text(Class<?> type, Setting setting) {
    if (type != String.class && SettingsType.parser(type).isEmpty()) {
      throw new IllegalStateException("settings cannot hold a " + type.getName());
    }
    ObjectNode schema = JSON.objectNode().put("type", "string");
    List<String> words = type.isEnum() ? SettingsType.words(type) : List.of(setting.oneOf());
    if (!words.isEmpty()) {
      words.forEach(schema.putArray("enum")::add);
    } else if (!setting.pattern().isEmpty()) {
      // Java matches the whole text, JSON Schema any part of it.
      schema.put("pattern", "^(" + setting.pattern() + ")$");
    } else {
      schema.put("minLength", 1);
    }
    if (words.isEmpty()) {
      schema.putObject("not").put("pattern", "[$%]\\{");
    }
    return schema;
  }

  private static ObjectNode object() {
    return JSON.objectNode().put("type", "object").put("additionalProperties", false);
  }

  private static JsonNode json(Object value) {
    if (value instanceof Integer number) {
      return JSON.numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    if (value instanceof List<?> elements) {
      ArrayNode array = JSON.arrayNode();
      elements.forEach(element -> array.add(json(element)));
      return array;
    }
    return JSON.textNode(
        value instanceof Enum<?> constant ? SettingsType.word(constant) : value.toString());
  }

  private static Object valueOf(RecordComponent component, Object record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }
}
