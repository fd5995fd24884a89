package payments.dr.operations.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.rules.DataLocation;
import payments.dr.operations.review.rules.PlanRule;
import payments.dr.operations.review.rules.Severity;
import payments.dr.operations.review.rules.Subject;
import payments.dr.operations.terraform.SynthesizedStack;

/**
 * What there is to say about a plan.
 *
 * @param findings worst first
 * @param remarks what else its reader should know
 */
record Review(ReviewedStack stack, Plan plan, List<Finding> findings, List<String> remarks) {

  static Review of(
      List<PlanRule> rules,
      ReviewedStack stack,
      Plan plan,
      Optional<SynthesizedStack> synthesized,
      DataLocation data,
      LocalDate today) {
    Subject subject = new Subject(plan, stack.protectData(), synthesized, data);
    Approvals approvals = new Approvals(stack.approved(), today);
    List<Finding> findings =
        rules.stream()
            .flatMap(rule -> rule.check().in(subject).map(it -> approvals.judge(rule, it)))
            .sorted(
                Comparator.comparing(Finding::severity)
                    .thenComparing(finding -> finding.objection().address()))
            .toList();
    List<String> remarks = new ArrayList<>(approvals.remarks());
    if (stack.protectData() && synthesized.isEmpty()) {
      remarks.add(
          "`prevent_destroy` was not checked: a plan does not hold it, and the synthesized stack is"
              + " not here (run `make synth`)");
    }
    int unanswered = plan.drift().size() - plan.answeredDrift().size();
    if (unanswered > 0) {
      remarks.add(
          unanswered
              + " resources were refreshed in values that the configuration does not set; nothing is"
              + " planned for that");
    }
    return new Review(stack, plan, findings, remarks);
  }

  /** The worst that was found. */
  Optional<Severity> verdict() {
    return findings.stream().map(Finding::severity).min(Comparator.naturalOrder());
  }

  /** In words, such as {@code refused}. */
  String verdictWords() {
    return verdict().map(Severity::words).orElse("clean");
  }

  int exitCode() {
    return verdict().map(Severity::exitCode).orElse(ExitCode.DONE);
  }
}
