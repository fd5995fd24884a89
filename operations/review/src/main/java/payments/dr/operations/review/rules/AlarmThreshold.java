package payments.dr.operations.review.rules;

import payments.dr.operations.review.plan.ResourceChange;

/** The limit of an alarm, which is above or below what is well. */
final class AlarmThreshold {

  private AlarmThreshold() {}

  /** By more than this the alarm rings always, and so tells no more. */
  private static final double MOST = 10;

  /** Whether a change makes the alarm ring earlier, by the same comparison, and not always. */
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
        && tighter.leaf(change.before(attribute), change.after(attribute))
        && isNear(change.before(attribute).asDouble(), change.after(attribute).asDouble());
  }

  /** No ratio leads from, to or beyond 0. */
  private static boolean isNear(double before, double after) {
    double ratio = after / before;
    return ratio >= 1 / MOST && ratio <= MOST;
  }
}
