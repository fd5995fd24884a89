package payments.dr.operations.review.rules;

import java.util.Optional;
import payments.dr.operations.review.plan.Plan;

/**
 * What is under review.
 *
 * @param protectData whether the environment says that whatever holds data refuses to be destroyed
 * @param stack the stack as it was synthesized, when it is there
 */
public record Subject(Plan plan, boolean protectData, Optional<SynthesizedStack> stack) {}
