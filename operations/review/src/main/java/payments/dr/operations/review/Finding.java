package payments.dr.operations.review;

import java.util.Optional;
import payments.dr.operations.review.rules.Objection;
import payments.dr.operations.review.rules.PlanRule;
import payments.dr.operations.review.rules.Severity;

/**
 * What one rule found at one address.
 *
 * @param approval why the environment's file allows it; then a person still has to approve
 */
record Finding(PlanRule rule, Objection objection, Optional<String> approval) {

  Severity severity() {
    return approval.isPresent() ? Severity.APPROVAL : rule.severity();
  }
}
