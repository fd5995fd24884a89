package payments.dr.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.util.List;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.Setting;
import payments.dr.configuration.settings.SettingsKey;
import payments.dr.configuration.settings.SettingsType;

/**
 * The JSON Schema of a settings file, so that an editor completes keys, shows what they mean and
 * underlines what is wrong. Rules over several keys are beyond it; {@link Configuration} has them.
 */
final class SettingsSchema {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private SettingsSchema() {}

  static ObjectNode of(Class<? extends Record> type) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", type.getSimpleName());
    schema.setAll(group(SettingsType.of(type)));
    return schema;
  }

  private static ObjectNode group(SettingsType<?> group) {
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = JSON.arrayNode();
    for (SettingsKey key : group.keys()) {
      ObjectNode property = JSON.objectNode().put("description", key.meaning());
      property.setAll(value(key));
      key.defaultValue().ifPresent(value -> property.set("default", json(value)));
      properties.set(key.name(), property);
      if (isRequired(key)) {
        required.add(key.name());
      }
    }
    return required.isEmpty() ? schema : schema.set("required", required);
  }

  /** A group that is left out is made of its defaults, unless something in it has none. */
  private static boolean isRequired(SettingsKey key) {
    if (key.optional()) {
      return false;
    }
    return key.isGroup()
        ? key.group().keys().stream().anyMatch(SettingsSchema::isRequired)
        : key.defaultValue().isEmpty();
  }

  private static ObjectNode value(SettingsKey key) {
    if (key.type() instanceof ParameterizedType generic) {
      Class<?> element = (Class<?>) generic.getActualTypeArguments()[0];
      return generic.getRawType() == RegionPair.class ? pair(element, key) : list(element, key);
    }
    return key.isGroup() ? group(key.group()) : single((Class<?>) key.type(), key);
  }

  private static ObjectNode element(Class<?> type, SettingsKey key) {
    return SettingsType.isGroup(type) ? group(SettingsType.ofElement(type)) : single(type, key);
  }

  private static ObjectNode single(Class<?> type, SettingsKey key) {
    if (type == Boolean.class) {
      return JSON.objectNode().put("type", "boolean");
    }
    return type == Integer.class ? integer(key) : text(type, key);
  }

  private static ObjectNode pair(Class<?> element, SettingsKey key) {
    ObjectNode schema = object();
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = schema.putArray("required");
    for (RegionRole role : RegionRole.values()) {
      properties.set(role.id(), element(element, key));
      required.add(role.id());
    }
    return schema;
  }

  private static ObjectNode list(Class<?> element, SettingsKey key) {
    ObjectNode schema = JSON.objectNode().put("type", "array");
    limit(schema, "minItems", "maxItems", key.setting());
    return schema.set("items", element(element, key));
  }

  private static ObjectNode integer(SettingsKey key) {
    ObjectNode schema = JSON.objectNode().put("type", "integer");
    if (!key.oneOf().isEmpty()) {
      ArrayNode allowed = schema.putArray("enum");
      key.oneOf().forEach(word -> allowed.add(Integer.parseInt(word)));
    } else {
      limit(schema, "minimum", "maximum", key.setting());
    }
    return schema;
  }

  private static void limit(ObjectNode schema, String least, String most, Setting setting) {
    if (setting.min() != Integer.MIN_VALUE) {
      schema.put(least, setting.min());
    }
    if (setting.max() != Integer.MAX_VALUE) {
      schema.put(most, setting.max());
    }
  }

  private static ObjectNode text(Class<?> type, SettingsKey key) {
    if (type != String.class && SettingsType.parser(type).isEmpty()) {
      throw new IllegalStateException("settings cannot hold a " + type.getName());
    }
    ObjectNode schema = JSON.objectNode().put("type", "string");
    String pattern = key.pattern();
    List<String> words = type.isEnum() ? SettingsType.words(type) : key.oneOf();
    if (!words.isEmpty()) {
      words.forEach(schema.putArray("enum")::add);
    } else if (!pattern.isEmpty()) {
      // Java matches the whole text, JSON Schema any part of it.
      schema.put("pattern", "^(" + pattern + ")$");
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
}
