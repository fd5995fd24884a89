package payments.dr.compliance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a rule answers to, and what an exception departs from.
 *
 * @param checks of scanners, as checkov's {@code CKV_AWS_145} and trivy's {@code AWS-0132}, that
 *     fail because of it
 */
public record References(List<Control> controls, List<String> checks) {

  private static final Pattern CHECK = Pattern.compile("CKV2?_AWS_\\d+|AWS-\\d{4}");

  static final References NONE = new References(List.of(), List.of());

  public References {
    controls = controls.stream().sorted().toList();
    checks = List.copyOf(checks);
    for (String check : checks) {
      if (!CHECK.matcher(check).matches()) {
        throw new IllegalArgumentException(
            "a scanner's check must be like CKV_AWS_145, CKV2_AWS_10 or AWS-0132, got " + check);
      }
    }
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

  References checks(String... ids) {
    return new References(controls, List.of(ids));
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
            .toList(),
        checks);
  }
}
