package payments.dr.compliance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How an environment covers one control, as far as Terraform shows it.
 *
 * @param rules those that answer to it
 * @param open what is missing for it
 * @param accepted what departs from it for good
 */
public record ControlCoverage(
    Framework framework,
    String id,
    List<RuleCoverage> rules,
    List<Gap> open,
    List<AcceptedRisk> accepted) {

  public Status status() {
    Set<Status> of = rules.stream().map(RuleCoverage::status).collect(Collectors.toSet());
    if (of.contains(Status.BROKEN)) {
      return Status.BROKEN;
    }
    boolean something = of.contains(Status.COVERED) || of.contains(Status.PARTLY);
    if (!something) {
      Status without = accepted.isEmpty() ? Status.NONE : Status.ACCEPTED;
      return open.isEmpty() ? without : Status.OPEN;
    }
    boolean all = of.equals(Set.of(Status.COVERED)) && open.isEmpty() && accepted.isEmpty();
    return all ? Status.COVERED : Status.PARTLY;
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
