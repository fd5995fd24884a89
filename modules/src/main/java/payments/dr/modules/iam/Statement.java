package payments.dr.modules.iam;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One statement of a policy document; each method returns a changed copy.
 *
 * @param sid unique within its document, letters and digits only
 * @param principals by kind ({@code AWS}, {@code Service}); empty in a role's own policy
 * @param conditions operator to key to allowed values
 */
public record Statement(
    String sid,
    Effect effect,
    Map<String, List<String>> principals,
    List<String> actions,
    List<String> resources,
    Map<String, Map<String, List<String>>> conditions) {

  /** What a matching statement does. */
  public enum Effect {
    Allow,
    Deny
  }

  public static Statement allow(String sid) {
    return new Statement(sid, Effect.Allow, Map.of(), List.of(), List.of(), Map.of());
  }

  public static Statement deny(String sid) {
    return new Statement(sid, Effect.Deny, Map.of(), List.of(), List.of(), Map.of());
  }

  /** Denies everybody an action, such as {@code s3:*}, on resources without TLS. */
  public static Statement refusePlainText(String action, String... arns) {
    return deny("RefusePlainText")
        .toAws("*")
        .actions(action)
        .on(arns)
        .when("Bool", "aws:SecureTransport", "false");
  }

  public Statement toService(String... services) {
    return principal("Service", services);
  }

  /** For ARNs, or {@code *}, which needs a condition that narrows it again. */
  public Statement toAws(String... arns) {
    return principal("AWS", arns);
  }

  public Statement actions(String... names) {
    return new Statement(sid, effect, principals, List.of(names), resources, conditions);
  }

  public Statement on(String... arns) {
    return on(List.of(arns));
  }

  public Statement on(List<String> arns) {
    return new Statement(sid, effect, principals, actions, List.copyOf(arns), conditions);
  }

  /** Adds a condition, such as {@code ("StringEquals", "aws:SourceAccount", accountId)}. */
  public Statement when(String operator, String key, String... values) {
    Map<String, Map<String, List<String>>> added = new LinkedHashMap<>(conditions);
    Map<String, List<String>> keys = new LinkedHashMap<>(added.getOrDefault(operator, Map.of()));
    keys.put(key, List.of(values));
    added.put(operator, keys);
    return new Statement(sid, effect, principals, actions, resources, added);
  }

  private Statement principal(String kind, String... values) {
    Map<String, List<String>> added = new LinkedHashMap<>(principals);
    added.put(kind, List.of(values));
    return new Statement(sid, effect, added, actions, resources, conditions);
  }

  /** The statement as IAM writes it. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Sid", sid);
    json.put("Effect", effect.name());
    if (!principals.isEmpty()) {
      json.put(
          "Principal",
          principals.equals(Map.of("AWS", List.of("*"))) ? "*" : flattened(principals));
    }
    json.put("Action", flattened(actions));
    if (!resources.isEmpty()) {
      json.put("Resource", flattened(resources));
    }
    if (!conditions.isEmpty()) {
      Map<String, Object> operators = new LinkedHashMap<>();
      conditions.forEach((operator, keys) -> operators.put(operator, flattened(keys)));
      json.put("Condition", operators);
    }
    return json;
  }

  private static Map<String, Object> flattened(Map<String, List<String>> lists) {
    Map<String, Object> result = new LinkedHashMap<>();
    lists.forEach((key, values) -> result.put(key, flattened(values)));
    return result;
  }

  /** AWS stores a list of one as a plain text; writing it the same way avoids a diff. */
  private static Object flattened(List<String> values) {
    return values.size() == 1 ? values.get(0) : new ArrayList<>(values);
  }
}
