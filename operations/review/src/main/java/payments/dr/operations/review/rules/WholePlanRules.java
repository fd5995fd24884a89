package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.PlanNote;

/** Rules about a plan as a whole, and about what it says beside its changes. */
final class WholePlanRules {

  private static final String WHOLE = "plan";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.approve(
              "everything-created",
              "plan that creates nearly everything",
              "this is right for the first deployment only; otherwise the state is lost or another"
                  + " one is read, and the apply makes a second system beside the first, or stops"
                  + " at the first name that is taken",
              "make sure that nothing of this environment exists; if it does, find its state first",
              "480 resources of prod to create",
              subject ->
                  subject.isNew()
                      ? Stream.of(
                          Objection.at(
                              WHOLE,
                              "creates %d resources and leaves %d as they are"
                                  .formatted(subject.created(), subject.plan().unchanged().size())))
                      : Stream.empty()),
          PlanRule.approve(
              "forgotten",
              "resource that leaves the state and stays in AWS",
              "nobody manages it any more: it costs, holds what it holds, and is changed by no plan",
              "make sure who looks after it from now on",
              "`aws_rds_cluster` in a removed block",
              Check.each(change -> found(change.action() == Action.FORGET, () -> "is forgotten"))),
          PlanRule.approve(
              "imported",
              "resource that exists and enters the state",
              "from now on plans change it, and can destroy it",
              "make sure that it is the one that is meant, and that nobody else manages it",
              "`aws_s3_bucket` in an import block",
              Check.each(change -> change.importId().map(id -> "is imported"))),
          PlanRule.approve(
              "check-not-passed",
              "condition of the configuration that does not hold, or cannot be judged yet",
              "the configuration itself says that something is wrong, or may be",
              "read what the condition is about; mend that first",
              "a global database that has one member left",
              subject ->
                  Stream.concat(
                      notes(subject, PlanNote.Kind.CHECK),
                      // Of a new stack nothing can be known yet: that is the question about it.
                      subject.isNew()
                          ? Stream.empty()
                          : notes(subject, PlanNote.Kind.CHECK_UNKNOWN))),
          noted(
              PlanNote.Kind.INCOMPLETE,
              "plan-incomplete",
              "plan that leaves something out",
              "what it leaves out is reviewed by nobody, and another plan has to follow",
              "plan without targets, or make sure that the rest follows",
              "a plan with `-target`"),
          noted(
              PlanNote.Kind.INVOCATION,
              "action-invoked",
              "call that the apply makes beside its changes",
              "what it does is in no attribute of the plan",
              "read the action in the configuration",
              "`action.aws_lambda_invoke.x`"),
          noted(
              PlanNote.Kind.DISCLOSURE,
              "output-disclosed",
              "output that is no longer sensitive",
              "everybody who reads a log or runs terraform output sees its value from now on",
              "leave it sensitive; if it holds no secret, approve it",
              "an output `password` with `sensitive` from true to false"),
          noted(
              PlanNote.Kind.UNKNOWN,
              "part-unknown",
              "part of a plan that this version does not know",
              "a newer Terraform may say something there that matters",
              "read that part of the plan; teach it to the reader of plans",
              "a key that Terraform added to its format"));

  private WholePlanRules() {}

  private static PlanRule noted(
      PlanNote.Kind kind, String id, String what, String why, String remediation, String example) {
    return PlanRule.approve(id, what, why, remediation, example, subject -> notes(subject, kind));
  }

  private static Stream<Objection> notes(Subject subject, PlanNote.Kind kind) {
    return subject.plan().notes().stream()
        .filter(note -> note.kind() == kind)
        .map(note -> Objection.at(note.address(), note.words()));
  }
}
