package payments.dr.main;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import payments.dr.compliance.ControlCoverage;
import payments.dr.compliance.Framework;
import payments.dr.compliance.Status;

/** docs/controls.md: each control with its status in each environment. */
final class ControlsPage {

  private static final String HEAD =
"""
# Controls

Made from the table of security rules (`compliance`) and the stacks of all environments; not written by hand.
`mvn test -pl main -am -Dgolden.update` writes it anew. [SECURITY.md](../SECURITY.md) says how the rules work, and explains each.

A control is *covered* where every rule that answers to it holds for all resources; *partly* covered where something is open, accepted or
allowed by an exception as well; *open* where nothing of it is there, or where others have to do it; *accepted* where the project does not follow it, for a reason;
*not applicable* where it has nothing to look at, or where its rules do not hold for the kind of environment. Whatever is not covered
everywhere has its reasons. Terraform shows what is made, not what runs, so that Security Hub may still find something else.

""";

  private final List<EnvironmentCoverage> environments;
  private final MarkdownPage page = new MarkdownPage(HEAD);

  private ControlsPage(List<EnvironmentCoverage> environments) {
    this.environments = environments;
  }

  static String of(List<EnvironmentCoverage> environments) {
    ControlsPage controls = new ControlsPage(environments);
    for (Framework framework : Framework.values()) {
      controls.page.line("## %s\n", framework.title());
      controls.page.line(scope(framework) + "\n");
      controls.table(framework);
    }
    return controls.page.toString().stripTrailing() + "\n";
  }

  private static String scope(Framework framework) {
    return switch (framework) {
      case PCI ->
          "Those that this project names; the standard has more. (k): the id was not checked against"
              + " its publisher's text, or not whether the rule answers to it.";
      case FSBP ->
          "Every control of AWS Foundational Security Best Practices v1.0.0 about a service that the"
              + " stacks use, by AWS's Security Hub User Guide: the standard's page as of the end of"
              + " 2025, and what the pages of the services have added since (EC2.182, EC2.183, ELB.21,"
              + " ELB.22, RDS.50, RDS.51). CloudWatch, Scheduler and Security Hub itself have none.";
      case HUB ->
          "Those that this project names. They belong to other standards of Security Hub, such as NIST"
              + " SP 800-53; some tools still list them as FSBP.";
      case CIS -> "Every recommendation of the CIS AWS Foundations Benchmark 5.0.0.";
    };
  }

  private void table(Framework framework) {
    boolean titled = framework != Framework.PCI;
    page.head(
        Stream.of(
                Stream.of("Control"),
                titled ? Stream.of("What it asks") : Stream.empty(),
                Stream.of("Rules"),
                environments.stream().map(EnvironmentCoverage::name),
                Stream.of("Why not more"))
            .flatMap(cells -> cells)
            .toArray());
    List<ControlCoverage> any = environments.get(0).coverage().controls();
    IntStream.range(0, any.size())
        .filter(index -> any.get(index).framework() == framework)
        .forEach(index -> row(any.get(index), index));
    page.line("");
  }

  private void row(ControlCoverage any, int index) {
    page.row(
        Stream.of(
                Stream.of(any.id()),
                any.title().stream(),
                Stream.of(String.join(", ", any.ruleLabels())),
                each(index).map(control -> word(control.status())),
                Stream.of(
                    each(index)
                        .flatMap(control -> control.reasons().stream())
                        .distinct()
                        .collect(Collectors.joining("; "))))
            .flatMap(cells -> cells)
            .toArray());
  }

  private Stream<ControlCoverage> each(int index) {
    return environments.stream().map(environment -> environment.coverage().controls().get(index));
  }

  private static String word(Status status) {
    return status == Status.NONE ? "not applicable" : status.word();
  }
}
