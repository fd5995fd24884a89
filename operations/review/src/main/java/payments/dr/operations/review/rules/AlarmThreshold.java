package payments.dr.operations.review.rules;

import payments.dr.operations.review.plan.ResourceChange;

/** The limit of an alarm, which is above or below what is well. */
final class AlarmThreshold {

  private AlarmThreshold() {}

  /** Whether a change makes the alarm ring earlier, and by the same comparison. */
  static boolean isTighter(ResourceChange change, String attribute) {
    String comparison = change.after("comparison_operator").asText();
    if (!change.is("aws_cloudwatch_metric_alarm")
        || !attribute.equals("threshold")
        || change.isUnknown(attribute)
        || !change.before("comparison_operator").asText().equals(comparison)) {
      return false;
    }
    Direction tighter = comparison.startsWith("Less") ? Direction.RAISED : Direction.LOWERED;
    return comparison.matches("(Greater|Less)Than(OrEqualTo)?Threshold")
        && tighter.leaf(change.before(attribute), change.after(attribute));
  }
}
