package payments.dr.operations.review;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.Project;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.PlanReader;
import payments.dr.operations.review.rules.PlanRule;
import payments.dr.operations.review.rules.Severity;
import payments.dr.operations.terraform.SynthesizedStack;

/** What {@code ./dr review} says about a run's plan, for who is not that command. */
public final class PlanReview {

  private final Review review;

  PlanReview(Review review) {
    this.review = review;
  }

  /**
   * A rule that was broken.
   *
   * @param severity the worst of its findings
   * @param addresses where, in the order of the review
   */
  public record Reason(PlanRule rule, Severity severity, List<String> addresses) {}

  /**
   * Reviews a plan of this project, as its files describe it today.
   *
   * @param workspace of HCP Terraform that the plan came from
   * @param source what to call the plan in a message
   * @param json what {@code terraform show -json} prints
   * @throws BadInputException when it is no plan of this project or not of that workspace, or when
   *     its data is protected and the synthesized stack, which says what Terraform must not
   *     destroy, is not there
   */
  public static PlanReview of(
      Project project, StateBackend.TerraformCloud workspace, String source, InputStream json)
      throws IOException {
    Plan plan = PlanReader.read(source, json);
    ReviewedStack stack = ReviewedStack.of(plan, project.configuration());
    stack.demandStateIn(workspace);
    Optional<SynthesizedStack> synthesized =
        SynthesizedStack.find(project.stackFolder(stack.name()));
    if (stack.protectData() && synthesized.isEmpty()) {
      throw new BadInputException(
          "the server's checkout must hold the synthesized stack %s, got none; run make synth there"
              .formatted(stack.name()));
    }
    return new PlanReview(
        Review.of(
            stack,
            plan,
            synthesized,
            LedgerLocation.of(project, stack, Optional.empty()),
            LocalDate.now(ZoneOffset.UTC)));
  }

  public String stack() {
    return review.stack().name();
  }

  /** Returns the worst that was found; empty for a clean plan. */
  public Optional<Severity> verdict() {
    return review.verdict();
  }

  /** Returns the words that end the sentence "the plan is ...", such as {@code needs approval}. */
  public String verdictWords() {
    return review.verdictWords();
  }

  /** Returns the review in fewer than 10,000 characters; it says what it leaves out. */
  public String markdown() {
    return ReviewMarkdown.of(review, Room.RUN_TASK);
  }

  /** Returns each rule that was broken once, worst first. */
  public List<Reason> reasons() {
    return review.findings().stream()
        .collect(
            Collectors.groupingBy(
                Finding::rule, LinkedHashMap::new, Collectors.toUnmodifiableList()))
        .values()
        .stream()
        .map(
            found ->
                new Reason(
                    found.get(0).rule(),
                    found.get(0).severity(),
                    found.stream().map(finding -> finding.objection().address()).toList()))
        .toList();
  }
}
