package payments.dr.operations.review;

import java.util.Optional;
import payments.dr.operations.review.rules.Objection;
import payments.dr.operations.review.rules.PlanRule;
import payments.dr.operations.review.rules.Severity;

/**
 * What one rule found at one address.
 *
 * @param leave why the environment's file allows it; then a person still has to approve
 */
record Finding(PlanRule rule, Objection objection, Optional<String> leave) {

  Severity severity() {
    return leave.isPresent() ? Severity.APPROVAL : rule.severity();
  }
}
