package payments.dr.compliance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an environment covers one control, as far as Terraform shows it.
 *
 * @param rules those that answer to it
 * @param open what is missing for it
 * @param accepted what departs from it for good
 * @param elsewhere what others have to do for it
 * @param inapplicable why it has nothing to look at
 */
public record ControlCoverage(
    Framework framework,
    String id,
    List<RuleCoverage> rules,
    List<Gap> open,
    List<AcceptedRisk> accepted,
    List<NotAssessable> elsewhere,
    List<NotApplicable> inapplicable) {

  public Status status() {
    Set<Status> of = rules.stream().map(RuleCoverage::status).collect(Collectors.toSet());
    if (of.contains(Status.BROKEN)) {
      return Status.BROKEN;
    }
    boolean missing = !open.isEmpty() || !elsewhere.isEmpty();
    boolean something = of.contains(Status.COVERED) || of.contains(Status.PARTLY);
    if (!something) {
      Status without = accepted.isEmpty() ? Status.NONE : Status.ACCEPTED;
      return missing ? Status.OPEN : without;
    }
    boolean all = of.equals(Set.of(Status.COVERED)) && !missing && accepted.isEmpty();
    return all ? Status.COVERED : Status.PARTLY;
  }

  /**
   * What it asks, in words of this project; empty where its framework's controls are not listed.
   */
  public Optional<String> title() {
    return PublishedControls.title(framework, id);
  }

  /** Why it is not covered, or not wholly; empty when it is. */
  public List<String> reasons() {
    return Stream.of(
            open.stream().map(gap -> gap.what() + ": " + gap.reason()),
            accepted.stream().map(risk -> risk.what() + ": " + risk.reason()),
            elsewhere.stream()
                .map(other -> "left to others (%s): %s".formatted(other.who(), other.what())),
            inapplicable.stream().map(NotApplicable::reason),
            rules.stream().flatMap(rule -> rule.reason().stream()))
        .flatMap(reasons -> reasons)
        .toList();
  }

  /**
   * The ids of its rules, each with {@value Control#UNVERIFIED} when nobody checked that it fits.
   */
  public List<String> ruleLabels() {
    return rules.stream()
        .map(
            coverage ->
                coverage.rule().references().controls().stream()
                    .filter(this::is)
                    .findFirst()
                    .map(control -> coverage.rule().id() + control.mark())
                    .orElseThrow())
        .toList();
  }

  boolean is(Control control) {
    return control.framework() == framework && control.id().equals(id);
  }
}
