package payments.dr.operations.review.rules;

import java.util.List;
import java.util.stream.Stream;

/** All rules that a plan is checked against, the worst first. */
public final class PlanRules {

  public static final List<PlanRule> ALL =
      Stream.of(
              GenerationRules.ALL,
              DestroyRules.ALL,
              RecoveryRules.ALL,
              FailoverRules.ALL,
              ProtectionRules.ALL,
              ExposureRules.ALL,
              ApprovalRules.ALL)
          .flatMap(List::stream)
          .toList();

  /** Those for a plan that destroys its whole stack, as its owner wants. */
  public static final List<PlanRule> OF_DESTRUCTION = DestructionRules.ALL;

  private PlanRules() {}
}
