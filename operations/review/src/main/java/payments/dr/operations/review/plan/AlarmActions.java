package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What alarms do: they tell a topic, or call what acts by itself. */
public final class AlarmActions {

  private static final List<String> ATTRIBUTES =
      List.of("alarm_actions", "insufficient_data_actions", "ok_actions");

  private AlarmActions() {}

  /** Returns the ARNs of the topics that an alarm tells; none of what is no alarm. */
  public static Set<String> topics(JsonNode alarm) {
    return all(alarm).stream()
        .filter(arn -> arn.matches("arn:[^:]+:sns:.+"))
        .collect(Collectors.toSet());
  }

  /** Returns the ARNs of whatever an alarm tells or calls. */
  public static Set<String> all(JsonNode alarm) {
    Set<String> arns = new HashSet<>();
    ATTRIBUTES.forEach(
        attribute -> alarm.path(attribute).forEach(action -> arns.add(action.asText())));
    return arns;
  }

  /** Returns whether what an alarm does is known before the apply, and only tells these topics. */
  public static boolean tellOnly(Set<String> topics, ResourceChange alarm) {
    return ATTRIBUTES.stream().noneMatch(alarm::isUnknown)
        && topics.containsAll(all(alarm.after()));
  }
}
