package payments.dr.operations.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.rules.DataLocation;
import payments.dr.operations.review.rules.PlanRule;
import payments.dr.operations.review.rules.PlanRules;
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

  /** Of a plan whose stack is to stay. */
  static Review of(
      ReviewedStack stack,
      Plan plan,
      Optional<SynthesizedStack> synthesized,
      DataLocation data,
      LocalDate today) {
    Subject subject = new Subject(plan, stack.protectData(), synthesized, data);
    Approvals approvals = new Approvals(stack.approvedDestroys(), stack.approvedChanges(), today);
    List<Finding> findings = new ArrayList<>(judged(PlanRules.ALL, subject, approvals));
    Set<String> spokenOf = new HashSet<>();
    findings.forEach(finding -> spokenOf.add(finding.objection().address()));
    judged(PlanRules.OTHERWISE, subject, approvals).stream()
        .filter(finding -> !spokenOf.contains(finding.objection().address()))
        .forEach(findings::add);
    List<String> remarks = new ArrayList<>(approvals.remarks());
    if (stack.protectData() && synthesized.isEmpty()) {
      remarks.add(
          "`prevent_destroy` was not checked: a plan does not hold it, and the synthesized stack is"
              + " not here (run `make synth`)");
    }
    return new Review(stack, plan, sorted(findings), remarks);
  }

  /** Of a plan that destroys a whole stack, as its owner wants. */
  static Review ofDestruction(
      ReviewedStack stack, Plan plan, Optional<SynthesizedStack> synthesized, DataLocation data) {
    Subject subject = new Subject(plan, stack.protectData(), synthesized, data);
    Approvals none = new Approvals(List.of(), List.of(), LocalDate.MIN);
    return new Review(
        stack, plan, sorted(judged(PlanRules.OF_DESTRUCTION, subject, none)), List.of());
  }

  private static List<Finding> judged(List<PlanRule> rules, Subject subject, Approvals approvals) {
    return rules.stream()
        .flatMap(rule -> rule.check().in(subject).map(it -> approvals.judge(rule, it)))
        .toList();
  }

  private static List<Finding> sorted(List<Finding> findings) {
    return findings.stream()
        .sorted(
            Comparator.comparing(Finding::severity)
                .thenComparing(finding -> finding.objection().address()))
        .toList();
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
