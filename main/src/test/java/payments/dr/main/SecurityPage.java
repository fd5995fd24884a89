package payments.dr.main;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.compliance.AcceptedRisk;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.Gap;
import payments.dr.compliance.NotAssessable;
import payments.dr.compliance.References;
import payments.dr.compliance.Rule;
import payments.dr.compliance.RuleCoverage;
import payments.dr.compliance.Rules;
import payments.dr.compliance.Status;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.environment.Environment;

/** docs/reference/security-rules.md: what each rule asks, and what is open. */
final class SecurityPage {

  private static final String HEAD =
"""
# Security rules

Which rules every synthesized stack must keep, how many resources keep each, what is open, and which risks are accepted.
[SECURITY.md](../../SECURITY.md) says how the rules and their exceptions work.

Made from the table of security rules (`compliance`) and the stacks of all environments; not written by hand.
`mvn test -pl main -am -Dgolden.update` writes it anew. `./dr compliance ENV` says the same about what `make synth` wrote.

Two scanners of others look at prod's stacks each night: checkov and trivy. What they find and is open or accepted here stands in the last column of those
tables, from which their lists in `.github/scanners` are made; everything else that they find fails the run.

This page shows what Terraform is told, for an auditor to start from. It is no attestation: it does not show what runs, nor what people do.
Ids of PCI DSS marked (k) were not checked against their publisher's text, or not whether the rule answers to them.

""";

  private final List<EnvironmentCoverage> environments;
  private final MarkdownPage page = new MarkdownPage(HEAD);

  private SecurityPage(List<EnvironmentCoverage> environments) {
    this.environments = environments;
  }

  static String of(List<EnvironmentCoverage> environments) {
    SecurityPage security = new SecurityPage(environments);
    security.environments();
    security.rules();
    security.exceptions();
    security.open();
    security.risks();
    security.reach();
    return security.page.toString();
  }

  private void environments() {
    page.line("## Environments\n");
    page.line(
        "How many controls of PCI DSS, AWS and CIS an environment covers."
            + " [Controls](../controls.md) lists each with its status, its rules and the"
            + " reasons why it is not covered, and says what a status means. Those out of"
            + " Terraform's reach are among the open and the partly covered.\n");
    page.head(
        "Environment",
        "Data kept",
        "Covered",
        "Partly",
        "Open",
        "Accepted",
        "Not applicable",
        "Out of Terraform's reach");
    environments.forEach(
        it ->
            page.row(
                it.name(),
                kept(it.environment()),
                it.coverage().count(Status.COVERED),
                it.coverage().count(Status.PARTLY),
                it.coverage().count(Status.OPEN),
                it.coverage().count(Status.ACCEPTED),
                it.coverage().count(Status.NONE),
                Coverage.outOfReach()));
    page.line("");
  }

  private static String kept(Environment environment) {
    if (environment.config().localAws()) {
      return "local AWS";
    }
    return environment.config().protectData() ? "yes" : "no";
  }

  private void rules() {
    page.line("## Rules\n");
    page.line(
        "Behind each rule how many resources keep it, by environment; the account's stack and those"
            + " of the states count for each of their environments.\n");
    page.head(
        Stream.concat(Stream.of("Rule", "What", "Allowed", "Why", "Controls"), names()).toArray());
    for (int i = 0; i < Rules.ALL.size(); i++) {
      Rule rule = Rules.ALL.get(i);
      int index = i;
      page.row(
          Stream.concat(
                  Stream.of(
                      rule.id(),
                      rule.title(),
                      rule.requirement().allowed() + " [" + rule.scope().words() + "]",
                      rule.why(),
                      rule.references().inWords()),
                  environments.stream().map(it -> count(it.coverage().rules().get(index))))
              .toArray());
    }
    page.line("");
  }

  private static String count(RuleCoverage coverage) {
    return switch (coverage.status()) {
      case NONE -> "–";
      case COVERED -> String.valueOf(coverage.resources());
      case PARTLY, OPEN, ACCEPTED, BROKEN ->
          coverage.resources()
              + ", with an exception "
              + coverage.excused().size()
              + ", broken "
              + coverage.violations().size();
    };
  }

  private void exceptions() {
    page.line("## Exceptions\n");
    List<String> all =
        environments.stream()
            .map(EnvironmentCoverage::environment)
            .flatMap(
                environment ->
                    environment.config().security().waivers().stream()
                        .map(waiver -> exception(environment, waiver)))
            .toList();
    page.line(all.isEmpty() ? "None, in no environment.\n" : String.join("\n", all) + "\n");
  }

  private static String exception(Environment environment, Waiver waiver) {
    return "- %s: %s, `%s`, until %s: %s"
        .formatted(
            environment.name(), waiver.rule(), waiver.address(), waiver.expires(), waiver.reason());
  }

  private void open() {
    page.line("## Open\n");
    page.head(
        "Topic",
        "What is missing",
        "Where",
        "Why, and what stands in for it",
        "Controls",
        "Checks of scanners");
    Gap.ALL.forEach(
        item ->
            page.row(
                item.topic(),
                item.what(),
                where(item),
                item.reason(),
                item.references().inWords(),
                checks(item.references())));
    page.line("");
  }

  private static String checks(References references) {
    return String.join(", ", references.checks());
  }

  private String where(Gap item) {
    List<String> names =
        environments.stream()
            .filter(it -> it.coverage().open().contains(item))
            .map(EnvironmentCoverage::name)
            .toList();
    return names.size() == environments.size() ? "everywhere" : String.join(", ", names);
  }

  private void risks() {
    page.line("## Accepted risks\n");
    page.head("Topic", "What", "Why", "Controls", "Checks of scanners");
    AcceptedRisk.ALL.forEach(
        risk ->
            page.row(
                risk.topic(),
                risk.what(),
                risk.reason(),
                risk.references().inWords(),
                checks(risk.references())));
    page.line("");
  }

  private void reach() {
    page.line("## Out of Terraform's reach\n");
    page.line(
        "Shared responsibility: no configuration shows these; the one who is named has to.\n");
    page.head("Who", "What", "Controls");
    NotAssessable.ALL.forEach(it -> page.row(it.who(), it.what(), it.references().inWords()));
  }

  private Stream<String> names() {
    return environments.stream().map(EnvironmentCoverage::name);
  }
}
