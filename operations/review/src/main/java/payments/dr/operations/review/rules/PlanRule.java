package payments.dr.operations.review.rules;

/**
 * One rule that a plan is checked against.
 *
 * @param id in findings and in the page of the rules
 * @param what is looked for, as a noun phrase
 * @param why it matters
 * @param remediation what to do instead, or first
 * @param example of what is found
 * @param approval under which key the environment's file can allow what it objects to
 */
public record PlanRule(
    String id,
    Severity severity,
    String what,
    String why,
    String remediation,
    String example,
    Approval approval,
    Check check) {

  /** How the environment's file allows what a rule refuses. */
  public enum Approval {
    NONE,
    /** By address, under {@code approvedDestroys}. */
    DESTROY,
    /** By rule and address, under {@code approvedChanges}. */
    CHANGE
  }

  static PlanRule refuse(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(
        id, Severity.REFUSED, what, why, remediation, example, Approval.CHANGE, check);
  }

  /** Of what nobody can allow: a generation's data, who writes it, and what cannot be undone. */
  static PlanRule refuseAlways(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(
        id, Severity.REFUSED, what, why, remediation, example, Approval.NONE, check);
  }

  static PlanRule refuseDestroy(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(
        id, Severity.REFUSED, what, why, remediation, example, Approval.DESTROY, check);
  }

  static PlanRule approve(
      String id, String what, String why, String remediation, String example, Check check) {
    return new PlanRule(
        id, Severity.APPROVAL, what, why, remediation, example, Approval.NONE, check);
  }
}
