package payments.dr.main;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where two trees differ, as JSON pointers to values.
 *
 * @param added only in the second
 * @param removed only in the first
 * @param changed in both, with another value
 */
record JsonDifference(Set<String> added, Set<String> removed, Set<String> changed) {

  static JsonDifference between(JsonNode before, JsonNode after) {
    Map<String, JsonNode> old = values(before);
    Map<String, JsonNode> now = values(after);
    Set<String> added = new TreeSet<>(now.keySet());
    added.removeAll(old.keySet());
    Set<String> removed = new TreeSet<>(old.keySet());
    removed.removeAll(now.keySet());
    Set<String> changed = new TreeSet<>(old.keySet());
    changed.retainAll(now.keySet());
    changed.removeIf(path -> Objects.equals(old.get(path), now.get(path)));
    return new JsonDifference(added, removed, changed);
  }

  private static Map<String, JsonNode> values(JsonNode tree) {
    Map<String, JsonNode> values = new TreeMap<>();
    collect("", tree, values);
    return values;
  }

  private static void collect(String path, JsonNode node, Map<String, JsonNode> values) {
    if (node.isObject()) {
      node.properties()
          .forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), values));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        collect(path + "/" + i, node.get(i), values);
      }
    } else {
      values.put(path, node);
    }
  }
}
