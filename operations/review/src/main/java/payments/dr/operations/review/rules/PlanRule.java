package payments.dr.operations.review.rules;

/**
 * One rule that a plan is checked against.
 *
 * @param id in findings and in the page of the rules
 * @param what is looked for, as a noun phrase
 * @param why it matters
 * @param remediation what to do instead, or first
 * @param example of what is found
 * @param destroys whether it objects to a destroy as such, which {@code approvedDestroys} can allow
 */
public record PlanRule(
    String id,
    Severity severity,
    String what,
    String why,
    String remediation,
    String example,
    boolean destroys,
    Check check) {

  static PlanRule refuse(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(id, Severity.REFUSED, what, why, remediation, example, false, check);
  }

  static PlanRule refuseDestroy(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(id, Severity.REFUSED, what, why, remediation, example, true, check);
  }

  static PlanRule approve(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(id, Severity.APPROVAL, what, why, remediation, example, false, check);
  }
}
