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
public record Objection(
    String address, Optional<ResourceChange> change, String found, List<String> commands) {

  Objection(String address, Optional<ResourceChange> change, String found) {
    this(address, change, found, List.of());
  }

  static Objection of(ResourceChange change, String found) {
    return new Objection(change.address(), Optional.of(change), found);
  }

  Objection with(List<String> remediation) {
    return new Objection(address, change, found, List.copyOf(remediation));
  }

  static Objection at(String address, String found) {
    return new Objection(address, Optional.empty(), found);
  }
}
