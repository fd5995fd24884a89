package payments.dr.operations.review;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.operations.console.Project;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;
import payments.dr.operations.review.rules.DataLocation;
import payments.dr.operations.review.rules.Flip;
import payments.dr.operations.review.rules.PlanRules;
import payments.dr.operations.terraform.SynthesizedStack;

/**
 * Judges the plan that a cutover is going to apply: after it the pointers of both Regions lead to
 * one generation, and it does nothing else.
 */
public final class FlipReview {

  /**
   * What the cutover is for, and what the plan neither does nor undoes. In an outage a global
   * database has one member left and its check fails; the way back is needed then most of all. A
   * part that a newer Terraform adds to a plan hides no change: all of them are looked at here.
   */
  private static final Set<String> ALLOWED =
      Set.of("pointer-moved", "drift-left", "check-not-passed", "part-unknown");

  private FlipReview() {}

  /**
   * Returns what stands against applying a plan that moves the pointer.
   *
   * @param environment that the plan must be of, such as {@code prod}
   * @param generation that it must lead to, such as {@code v2}; the caller answers for its data
   * @return why it must not be applied, one line each; empty when it may
   * @throws payments.dr.operations.console.BadInputException when it is no plan of this project
   */
  public static List<String> objections(
      Project project, Plan plan, String environment, String generation) {
    ReviewedStack stack = ReviewedStack.of(plan, project.configuration());
    List<String> objections = new ArrayList<>();
    if (!stack.environment().map(it -> it.name().equals(environment)).orElse(false)) {
      objections.add(
          "plan must be of environment %s, got one of stack %s"
              .formatted(environment, stack.name()));
    }
    TreeSet<String> regions = new TreeSet<>();
    // An apply that broke off has led one there already.
    plan.kept().stream()
        .filter(kept -> Flip.isKept(kept, generation))
        .forEach(kept -> regions.add(ResourceLocation.of(kept.name()).region()));
    for (ResourceChange change : plan.changes()) {
      if (leadsTo(plan, change, generation)) {
        regions.add(ResourceLocation.of(change.name()).region());
      } else if (change.action() != Action.READ) {
        objections.add(
            "plan must only lead the pointers to %s, got %s (%s)"
                .formatted(generation, change.address(), change.action().word()));
      }
    }
    if (!regions.equals(new TreeSet<>(List.of("dr", "primary")))) {
      objections.add(
          "plan must lead the pointers of dr and primary to %s, got %s"
              .formatted(generation, regions));
    }
    objections.addAll(findings(project, stack, plan, generation));
    return objections;
  }

  /** An apply that broke off before it saved its state: to undo what it did is what is wanted. */
  private static boolean isHalfAFlip(Plan plan, Finding finding, String generation) {
    return finding.rule().id().equals("drift-found")
        && plan.changes().stream()
            .filter(change -> leadsTo(plan, change, generation))
            .anyMatch(change -> change.address().equals(finding.objection().address()));
  }

  private static boolean leadsTo(Plan plan, ResourceChange change, String generation) {
    return change.action() == Action.UPDATE
        && Flip.of(plan, change).filter(flip -> flip.to().equals(generation)).isPresent();
  }

  /** Whatever else the rules say, approved by a person or not: nobody is asked during a cutover. */
  private static List<String> findings(
      Project project, ReviewedStack stack, Plan plan, String generation) {
    DataLocation cutover =
        to -> to.equals(generation) ? Optional.empty() : Optional.of("the cutover is not to " + to);
    return Review.of(
            stack,
            plan,
            SynthesizedStack.find(project.stackFolder(stack.name())),
            cutover,
            LocalDate.now(ZoneOffset.UTC))
        .findings()
        .stream()
        .filter(finding -> !ALLOWED.contains(finding.rule().id()))
        .filter(finding -> !isHalfAFlip(plan, finding, generation))
        // Every other change stands against the plan already.
        .filter(finding -> !PlanRules.OTHERWISE.contains(finding.rule()))
        .map(
            finding ->
                "%s %s (rule %s)"
                    .formatted(
                        finding.objection().address(),
                        finding.objection().found(),
                        finding.rule().id()))
        .toList();
  }
}
