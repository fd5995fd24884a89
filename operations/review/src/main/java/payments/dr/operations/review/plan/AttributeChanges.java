package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares what a resource is with what it will be. */
final class AttributeChanges {

  static final String SENSITIVE = "(sensitive)";
  static final String UNKNOWN = "(known after apply)";
  static final String NONE = "(none)";

  private AttributeChanges() {}

  static Set<String> names(JsonNode before, JsonNode after, JsonNode unknown) {
    Set<String> all = new TreeSet<>();
    before.fieldNames().forEachRemaining(all::add);
    after.fieldNames().forEachRemaining(all::add);
    unknown.fieldNames().forEachRemaining(all::add);
    all.removeIf(
        name ->
            !ResourceChange.isUnknown(unknown, name) && same(before.path(name), after.path(name)));
    return all;
  }

  static List<AttributeChange> of(ResourceChange change) {
    List<AttributeChange> changes = new ArrayList<>();
    for (String name : change.changedAttributes()) {
      if (change.isSensitive(name)) {
        // The whole attribute: a part of a secret, or its place, says something about the secret.
        changes.add(new AttributeChange(name, SENSITIVE, SENSITIVE));
        continue;
      }
      Map<String, String> before = new LinkedHashMap<>();
      Map<String, String> after = new LinkedHashMap<>();
      flatten(name, change.before(name), MissingNode.getInstance(), before);
      flatten(name, change.after(name), change.afterUnknown().path(name), after);
      Set<String> paths = new LinkedHashSet<>(before.keySet());
      paths.addAll(after.keySet());
      for (String path : paths) {
        if (!Objects.equals(before.get(path), after.get(path))) {
          changes.add(
              new AttributeChange(
                  path, before.getOrDefault(path, NONE), after.getOrDefault(path, NONE)));
        }
      }
    }
    return changes;
  }

  private static void flatten(
      String path, JsonNode value, JsonNode unknown, Map<String, String> into) {
    JsonNode tree = EmbeddedJson.parsed(value);
    if (unknown.isBoolean() && unknown.booleanValue()) {
      into.put(path, UNKNOWN);
    } else if (tree.isObject() || unknown.isObject()) {
      Set<String> keys = new TreeSet<>();
      tree.fieldNames().forEachRemaining(keys::add);
      unknown.fieldNames().forEachRemaining(keys::add);
      keys.forEach(key -> flatten(path + "." + key, tree.path(key), unknown.path(key), into));
    } else if (tree.isArray() || unknown.isArray()) {
      for (int i = 0; i < Math.max(tree.size(), unknown.size()); i++) {
        flatten(path + "[" + i + "]", tree.path(i), unknown.path(i), into);
      }
    } else if (!isNothing(tree)) {
      into.put(path, tree.isTextual() ? "\"" + tree.textValue() + "\"" : tree.asText());
    }
  }

  /** Terraform tells an empty text from null; the provider writes now one, now the other. */
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || value.isMissingNode()
        || value.isTextual() && value.textValue().isEmpty();
  }

  /** Terraform tells an absent value from null; AWS does not. */
  private static boolean same(JsonNode one, JsonNode other) {
    boolean nothing = one.isNull() || one.isMissingNode();
    return nothing ? other.isNull() || other.isMissingNode() : one.equals(other);
  }
}
