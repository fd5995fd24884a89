package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Terraform plan, without what it leaves as it is.
 *
 * @param providers the configuration of each provider, by its name in the plan
 * @param changes whatever is created, updated, replaced, deleted, forgotten, moved, imported or
 *     read
 * @param unchanged addresses of the resources that stay as they are
 * @param kept those of them that say who may do what, or where a pointer leads
 * @param alarmTopics ARNs of the topics that alarms tell before it
 * @param drift what is no longer as Terraform left it; mostly what AWS itself fills in later
 * @param outputs what happens to the outputs, by name; only those that change
 * @param notes what else the plan says
 * @param applied the databases of the last applied configuration; empty before the first, and in a
 *     plan with targets, which tells no outputs
 * @param planned those of the configuration that was planned; empty when everything is to go
 */
public record Plan(
    Map<String, JsonNode> providers,
    List<ResourceChange> changes,
    List<String> unchanged,
    List<ResourceChange> kept,
    Set<String> alarmTopics,
    List<ResourceChange> drift,
    Map<String, OutputChange> outputs,
    List<PlanNote> notes,
    Optional<Rollout> applied,
    Optional<Rollout> planned) {

  /** Tag that the providers of every stack put on everything. */
  private static final String STACK_TAG = "/expressions/default_tags/0/tags/constant_value/Stack";

  /** Returns the stacks that it says it is of; one, when it is of this project. */
  public Set<String> stacks() {
    return providers.values().stream()
        .map(provider -> provider.at(STACK_TAG))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  /** Returns a plan of the same stack that does something else. */
  public Plan of(List<ResourceChange> others) {
    return new Plan(
        providers,
        others,
        List.of(),
        List.of(),
        alarmTopics,
        List.of(),
        Map.of(),
        List.of(),
        applied,
        planned);
  }

  /** Returns the accounts that its providers may change; none when they do not say. */
  public Set<String> accounts() {
    Set<String> accounts = new HashSet<>();
    providers
        .values()
        .forEach(
            provider ->
                provider
                    .at("/expressions/allowed_account_ids/constant_value")
                    .forEach(account -> accounts.add(account.asText())));
    return accounts;
  }

  /**
   * Returns what a resource that goes is now. Its change tells what it was after the last apply:
   * Terraform refreshes it, and then plans its end from the older values.
   */
  public JsonNode now(ResourceChange change) {
    return drift.stream()
        .filter(it -> it.address().equals(change.address()))
        .map(ResourceChange::after)
        .findFirst()
        .orElse(change.before());
  }

  /**
   * Returns the drift that the plan answers, by making a value what it was or a resource anew, and
   * every resource that is gone.
   */
  public List<AnsweredDrift> answeredDrift() {
    Map<String, ResourceChange> planned = byAddress();
    return drift.stream()
        .map(it -> new AnsweredDrift(it, answered(it, planned.get(it.address()))))
        .filter(it -> it.change().destroys() || !it.attributes().isEmpty())
        .toList();
  }

  /** Returns the drift in values that the configuration does not set, and so stays. */
  public List<ResourceChange> unansweredDrift() {
    Map<String, ResourceChange> planned = byAddress();
    List<ResourceChange> unanswered = new ArrayList<>();
    for (ResourceChange change : drift) {
      ResourceChange rest = change;
      for (String attribute : answered(change, planned.get(change.address()))) {
        rest = rest.without(attribute);
      }
      if (!rest.destroys() && !rest.differing().isEmpty()) {
        unanswered.add(rest);
      }
    }
    return unanswered;
  }

  private Map<String, ResourceChange> byAddress() {
    Map<String, ResourceChange> planned = new HashMap<>();
    changes.forEach(change -> planned.put(change.address(), change));
    return planned;
  }

  private static Set<String> answered(ResourceChange drift, ResourceChange change) {
    if (change == null) {
      return Set.of();
    }
    Set<String> both = new TreeSet<>(drift.differing());
    both.retainAll(change.changedAttributes());
    return both;
  }
}
