package payments.dr.operations.review.rules;

import java.util.List;
import java.util.Optional;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.terraform.SynthesizedStack;

/**
 * What is under review.
 *
 * @param protectData whether the environment says that whatever holds data refuses to be destroyed
 * @param stack the stack as it was synthesized, when it is there
 * @param data where the data is
 */
public record Subject(
    Plan plan, boolean protectData, Optional<SynthesizedStack> stack, DataLocation data) {

  /** What rules look at one by one: all but the parts of a generation that may go. */
  List<ResourceChange> changes() {
    return plan.changes().stream().filter(it -> !GenerationRemoval.isAllowed(plan, it)).toList();
  }

  /** Whether it goes as a part of a generation that may go. */
  boolean isRemoved(String address) {
    return removed().stream().anyMatch(it -> it.address().equals(address));
  }

  /** The parts of a generation that may go, and do. */
  List<ResourceChange> removed() {
    return plan.changes().stream().filter(it -> GenerationRemoval.isAllowed(plan, it)).toList();
  }
}
