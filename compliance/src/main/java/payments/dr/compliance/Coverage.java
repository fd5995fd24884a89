package payments.dr.compliance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the stacks of an environment say about controls.
 *
 * @param controls those that are listed, and those that anything here is about, in order
 * @param open what is missing here
 */
public record Coverage(
    List<RuleCoverage> rules,
    List<ControlCoverage> controls,
    List<Gap> open,
    List<String> badExceptions) {

  public static Coverage of(List<CheckedStack> stacks) {
    Map<CheckedStack, Verdict> verdicts =
        stacks.stream().collect(Collectors.toMap(it -> it, CheckedStack::verdict));
    List<RuleCoverage> rules = Rules.ALL.stream().map(rule -> coverage(rule, verdicts)).toList();
    List<Gap> open = Gap.ALL.stream().filter(item -> !isClosed(item, rules)).toList();
    return new Coverage(
        rules,
        named().map(control -> coverage(control, rules, open)).toList(),
        open,
        verdicts.values().stream().flatMap(it -> it.badExceptions().stream()).toList());
  }

  public boolean isKept() {
    return badExceptions.isEmpty()
        && rules.stream().noneMatch(rule -> rule.status() == Status.BROKEN);
  }

  public long count(Status status) {
    return controls.stream().filter(control -> control.status() == status).count();
  }

  /** How many controls Terraform cannot show. */
  public static long outOfReach() {
    return NotAssessable.ALL.stream()
        .flatMap(it -> it.references().controls().stream())
        .map(Control::key)
        .distinct()
        .count();
  }

  private static boolean isClosed(Gap item, List<RuleCoverage> rules) {
    return rules.stream()
        .anyMatch(rule -> item.closedBy().contains(rule.rule().id()) && rule.resources() > 0);
  }

  private static RuleCoverage coverage(Rule rule, Map<CheckedStack, Verdict> verdicts) {
    long resources =
        verdicts.keySet().stream()
            .flatMap(stack -> rule.subjects(stack.resources(), stack.kind()))
            .count();
    return new RuleCoverage(
        rule,
        (int) resources,
        of(rule, verdicts.values().stream().flatMap(it -> it.violations().stream())),
        of(rule, verdicts.values().stream().flatMap(it -> it.excused().stream())));
  }

  private static List<Violation> of(Rule rule, Stream<Violation> violations) {
    return violations.filter(violation -> violation.rule().equals(rule)).toList();
  }

  private static Stream<Control> named() {
    Map<String, Control> byKey = new TreeMap<>();
    Stream.concat(PublishedControls.ALL.stream().map(PublishedControl::control), References.all())
        .forEach(control -> byKey.putIfAbsent(control.key(), control));
    return byKey.values().stream().sorted();
  }

  private static ControlCoverage coverage(
      Control control, List<RuleCoverage> rules, List<Gap> open) {
    return new ControlCoverage(
        control.framework(),
        control.id(),
        rules.stream().filter(rule -> rule.rule().references().name(control)).toList(),
        open.stream().filter(item -> item.references().name(control)).toList(),
        AcceptedRisk.ALL.stream().filter(risk -> risk.references().name(control)).toList(),
        NotAssessable.ALL.stream().filter(other -> other.references().name(control)).toList(),
        NotApplicable.ALL.stream().filter(none -> none.references().name(control)).toList());
  }
}
