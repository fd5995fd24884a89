package payments.dr.operations.reports.compliance;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import payments.dr.compliance.Resources;
import payments.dr.configuration.Configuration;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.console.Project;
import payments.dr.operations.terraform.SynthesizedStack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr compliance}: which security controls does an environment cover, and by what? */
@Command(
    name = "compliance",
    description = {
      "Says which controls of PCI DSS, AWS FSBP and CIS an environment covers, by which rules, and"
          + " what is open.",
      "Reads what `make synth` wrote: what is configured, not what runs. No attestation."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./dr compliance prod", "  ./dr compliance prod --format json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every rule is kept, or excused by an exception",
      "1:bad input, also wrong usage",
      "3:a rule is broken, or an exception expired or unused"
    })
public final class ComplianceCommand implements Callable<Integer> {

  private static final int BROKEN = 3;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String name;

  @Mixin private FormatOption format;

  @Override
  public Integer call() {
    Project project = Project.ofLauncher();
    Environment environment = project.environment(name);
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
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format.value()) {
          case text -> ComplianceText.of(controls);
          case json -> ComplianceJson.of(controls);
        });
    out.flush();
    return controls.coverage().isKept() ? 0 : BROKEN;
  }
}
