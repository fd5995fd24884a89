package payments.dr.compliance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The controls that a rule answers to. */
public record References(List<Control> controls) {

  static final References NONE = new References(List.of());

  public References {
    controls = controls.stream().sorted().toList();
  }

  static References pci(String... ids) {
    return NONE.with(Framework.PCI, ids);
  }

  References fsbp(String... ids) {
    return with(Framework.FSBP, ids);
  }

  References hub(String... ids) {
    return with(Framework.HUB, ids);
  }

  References cis(String... ids) {
    return with(Framework.CIS, ids);
  }

  /** The controls of all rules, gaps, risks and reasons, as each of them names it. */
  public static Stream<Control> all() {
    return Stream.of(
            Rules.ALL.stream().map(Rule::references),
            Gap.ALL.stream().map(Gap::references),
            AcceptedRisk.ALL.stream().map(AcceptedRisk::references),
            NotAssessable.ALL.stream().map(NotAssessable::references),
            NotApplicable.ALL.stream().map(NotApplicable::references))
        .flatMap(references -> references)
        .flatMap(references -> references.controls().stream());
  }

  boolean name(Control control) {
    return controls.stream().anyMatch(it -> it.key().equals(control.key()));
  }

  /** Such as {@code PCI DSS v4.0 3.6.1, 3.7.4; AWS FSBP KMS.4}. */
  public String inWords() {
    Map<Framework, List<String>> byFramework = new EnumMap<>(Framework.class);
    controls.forEach(
        control ->
            byFramework
                .computeIfAbsent(control.framework(), framework -> new ArrayList<>())
                .add(control.label()));
    return byFramework.entrySet().stream()
        .map(ids -> ids.getKey().title() + " " + String.join(", ", ids.getValue()))
        .collect(Collectors.joining("; "));
  }

  private References with(Framework framework, String... ids) {
    return new References(
        Stream.concat(controls.stream(), Arrays.stream(ids).map(id -> Control.of(framework, id)))
            .toList());
  }
}
