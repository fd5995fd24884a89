package payments.dr.operations.review.rules;

import java.util.List;
import java.util.Optional;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * Something that a rule found.
 *
 * @param change what the plan does there; empty for what is wrong apart from any change
 * @param found in a few words, without values that might be secret
 * @param commands of the way out, in their order, where the rule knows them
 */
public record Observation(
    String address, Optional<ResourceChange> change, String found, List<String> commands) {

  Observation(String address, Optional<ResourceChange> change, String found) {
    this(address, change, found, List.of());
  }

  static Observation of(ResourceChange change, String found) {
    return new Observation(change.address(), Optional.of(change), found);
  }

  Observation with(List<String> remediation) {
    return new Observation(address, change, found, List.copyOf(remediation));
  }

  static Observation at(String address, String found) {
    return new Observation(address, Optional.empty(), found);
  }
}
