package payments.dr.main;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.Setting;

/**
 * The place of one value in a settings file, found by reflection: a new setting is found without
 * anybody adding it to a list.
 *
 * @param pointer such as {@code /notification/emails/0}
 * @param type of the value; of a list, that of its elements
 */
record SettingKey(JsonPointer pointer, Class<?> type) {

  /** Every value that the file of this record may hold. */
  static List<SettingKey> of(Class<? extends Record> file) {
    return below(JsonPointer.empty(), file).toList();
  }

  private static Stream<SettingKey> below(JsonPointer pointer, Type type) {
    if (type instanceof ParameterizedType generic) {
      Type element = generic.getActualTypeArguments()[0];
      return generic.getRawType() == RegionPair.class
          ? Stream.of(RegionRole.values())
              .flatMap(role -> below(pointer.appendProperty(role.id()), element))
          : below(pointer.appendIndex(0), element);
    }
    Class<?> plain = (Class<?>) type;
    return plain.isRecord() && !isReadFromText(plain)
        ? Arrays.stream(plain.getRecordComponents())
            .filter(component -> component.isAnnotationPresent(Setting.class))
            .flatMap(component -> below(under(pointer, component), component.getGenericType()))
        : Stream.of(new SettingKey(pointer, plain));
  }

  private static boolean isReadFromText(Class<?> type) {
    return Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals("valueOf"));
  }

  private static JsonPointer under(JsonPointer pointer, RecordComponent component) {
    return pointer.appendProperty(component.getName());
  }

  boolean isText() {
    return type != Boolean.class && type != Integer.class;
  }

  JsonNode in(ObjectNode file) {
    return file.at(pointer);
  }

  boolean isIn(ObjectNode file) {
    return !in(file).isMissingNode();
  }

  boolean groupIsIn(ObjectNode file) {
    return !file.at(pointer.head()).isMissingNode();
  }

  /** The value in what was read from a file; empty where the file has none and no default. */
  Optional<Object> of(Optional<Record> file) {
    Object value = file.orElse(null);
    for (JsonPointer rest = pointer; !rest.matches() && value != null; rest = rest.tail()) {
      value =
          value instanceof List<?> list
              ? list.stream().skip(rest.getMatchingIndex()).findFirst().orElse(null)
              : component(value, rest.getMatchingProperty());
    }
    return Optional.ofNullable(value);
  }

  private static Object component(Object record, String name) {
    try {
      return record.getClass().getMethod(name).invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(record.getClass() + "." + name, e);
    }
  }

  /**
   * Writes the value into a file's tree, and the groups and lists around it where they lack; takes
   * it out when the value is a missing node.
   */
  void set(ObjectNode file, JsonNode value) {
    if (value.isMissingNode()) {
      ((ObjectNode) file.at(pointer.head())).remove(pointer.last().getMatchingProperty());
    } else if (pointer.last().mayMatchElement()) {
      ArrayNode list =
          file.withArray(pointer.head(), JsonNode.OverwriteMode.NONE, true).removeAll();
      list.add(value);
    } else if (pointer.head().matches()) {
      file.set(pointer.last().getMatchingProperty(), value);
    } else {
      file.withObject(pointer.head(), JsonNode.OverwriteMode.NONE, true)
          .set(pointer.last().getMatchingProperty(), value);
    }
  }

  /** As messages name it: {@code notification.emails[0]}. */
  @Override
  public String toString() {
    return pointer.toString().substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
  }
}
