package payments.dr.operations.review.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All rules that a plan is checked against, the worst first. */
public final class PlanRules {

  /** A switchover does it, and the other reads the stack and no change. */
  private static final Set<String> NO_DRIFT = Set.of("replica-promoted", "prevent-destroy-missing");

  /** Those that refuse what somebody may as well do by hand. */
  static final List<PlanRule> OF_DRIFT =
      Stream.of(RecoveryRules.ALL, FailoverRules.ALL, ProtectionRules.ALL, ExposureRules.ALL)
          .flatMap(List::stream)
          .filter(rule -> rule.severity() == Severity.REFUSED && !NO_DRIFT.contains(rule.id()))
          .toList();

  public static final List<PlanRule> ALL =
      Stream.of(
              GenerationRules.ALL,
              DestroyRules.ALL,
              RecoveryRules.ALL,
              FailoverRules.ALL,
              ProtectionRules.ALL,
              ExposureRules.ALL,
              ApprovalRules.ALL,
              WholePlanRules.ALL)
          .flatMap(List::stream)
          .toList();

  /**
   * What needs approval because no rule of {@link #ALL} speaks of it, and it is not known to be
   * harmless.
   */
  public static final List<PlanRule> OTHERWISE =
      Arrays.stream(Protects.values()).map(Protects::rule).toList();

  /** Those for a plan that destroys its whole stack, as its owner wants. */
  public static final List<PlanRule> OF_DESTRUCTION = DestructionRules.ALL;

  private PlanRules() {}
}
