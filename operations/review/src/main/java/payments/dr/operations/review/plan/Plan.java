package payments.dr.operations.review.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A Terraform plan, without what it leaves as it is.
 *
 * @param providers the configuration of each provider, by its name in the plan
 * @param changes whatever is created, updated, replaced, deleted, forgotten, moved, imported or
 *     read
 * @param unchanged addresses of the resources that stay as they are
 * @param drift what is no longer as Terraform left it; mostly what AWS itself fills in later
 * @param outputs what happens to the outputs, by name; only those that change
 * @param applied the databases of the last applied configuration; empty before the first, and in a
 *     plan with targets, which tells no outputs
 * @param planned those of the configuration that was planned; empty when everything is to go
 */
public record Plan(
    Map<String, JsonNode> providers,
    List<ResourceChange> changes,
    List<String> unchanged,
    List<ResourceChange> drift,
    Map<String, Action> outputs,
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
   * Returns the drift that the plan answers, by making a value what it was or a resource anew. All
   * other is in values that the configuration does not set.
   */
  public List<ResourceChange> answeredDrift() {
    Map<String, ResourceChange> planned = new HashMap<>();
    changes.forEach(change -> planned.put(change.address(), change));
    return drift.stream()
        .filter(it -> planned.containsKey(it.address()))
        .filter(it -> it.destroys() || touchesSame(it, planned.get(it.address())))
        .toList();
  }

  private static boolean touchesSame(ResourceChange drift, ResourceChange change) {
    Set<String> both = new HashSet<>(drift.differing());
    both.retainAll(change.changedAttributes());
    return !both.isEmpty();
  }
}
