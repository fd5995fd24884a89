package payments.dr.operations.review.rules;

import java.util.Optional;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * Something that a rule found.
 *
 * @param change what the plan does there; empty for what is wrong apart from any change
 * @param found in a few words, without values that might be secret
 */
public record Observation(String address, Optional<ResourceChange> change, String found) {

  static Observation of(ResourceChange change, String found) {
    return new Observation(change.address(), Optional.of(change), found);
  }

  static Observation at(String address, String found) {
    return new Observation(address, Optional.empty(), found);
  }
}
