package payments.dr.main.iam;

import java.util.Map;
import java.util.TreeMap;

/**
 * A call to AWS.
 *
 * @param resource ARN, or {@code *} for calls that know no resource
 * @param with the condition keys that matter to it
 */
public record Call(String action, String resource, Map<String, Object> with) {

  /** In another Region, or to another account, or on a resource named otherwise. */
  Call on(String other) {
    return new Call(action, other, with);
  }

  Call with(String key, Object value) {
    Map<String, Object> changed = new TreeMap<>(with);
    changed.put(key, value);
    return new Call(action, resource, changed);
  }

  boolean namesNothing() {
    return resource.equals("*");
  }

  String service() {
    return action.substring(0, action.indexOf(':'));
  }

  /** Part of the ARN; empty when it has none. */
  String region() {
    return namesNothing() ? "" : resource.split(":", 6)[3];
  }

  @Override
  public String toString() {
    return action + " on " + resource + (with.isEmpty() ? "" : " with " + with);
  }
}
