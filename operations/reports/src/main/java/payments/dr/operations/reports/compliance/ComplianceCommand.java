package payments.dr.operations.reports.compliance;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import payments.dr.compliance.Resources;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.SynthesizedStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./dr compliance}: which security controls does an environment cover, and by what? */
@Command(
    name = "compliance",
    description = {
      "Says which controls of PCI DSS, AWS FSBP and CIS an environment covers, by which rules, and"
          + " what is open.",
      "Reads what `make synth` wrote: what is configured, not what runs. No attestation."
    },
    footer = {"  ./dr compliance prod", "  ./dr compliance prod --format json"},
    exitCodeList = {
      "0:every rule is kept, or an exception allows what breaks it",
      "1:bad input, also wrong usage",
      "3:a rule is broken, or an exception expired or unused"
    })
public final class ComplianceCommand implements Callable<Integer> {

  @Mixin private EnvironmentParameter chosen;

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = chosen.of(project);
    Configuration configuration = project.configuration();
    ComplianceReport controls =
        ComplianceReport.of(
            environment,
            configuration
                .only(environment)
                .checkedStacks(
                    stack ->
                        Resources.of(SynthesizedStack.read(project.stackFolder(stack)).document()),
                    LocalDate.now(ZoneOffset.UTC)));
    format.print(() -> ComplianceText.of(controls), () -> ComplianceJson.of(controls));
    return controls.coverage().isKept() ? ExitCode.DONE : ExitCode.OBJECTION;
  }
}
