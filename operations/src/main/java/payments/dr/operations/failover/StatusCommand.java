package payments.dr.operations.failover;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.operations.FormatOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dr status}. */
@Command(
    name = "status",
    description = {
      "Says how the failover controller stands, what it saw last, and which orders it would take.",
      "Asks nothing but the ledger in the controller's own Region, and changes nothing."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./dr status prod", "  ./dr status prod --format json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:steady, nothing to look at",
      "1:bad input",
      "2:AWS or the ledger failed",
      "3:look at it: lines ATTENTION tell why"
    })
public final class StatusCommand implements Callable<Integer> {

  private static final int ATTENTION = 3;

  private final Desk.Desks desks;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String environment;

  @Mixin private FormatOption format;

  @Mixin private RegionOption region;

  StatusCommand() {
    this(Desk::of);
  }

  StatusCommand(Desk.Desks desks) {
    this.desks = desks;
  }

  @Override
  public Integer call() {
    Desk desk = desks.open(environment, region.value());
    ControllerView view = desk.look();
    Optional<Answer> answer =
        view.control().order().flatMap(order -> Answer.to(order, desk.ledger()));
    int status = Attention.of(view).isEmpty() ? 0 : ATTENTION;
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (format.value()) {
          case text -> StatusText.of(view, answer);
          case json -> StatusJson.of(view, answer, status);
        });
    out.flush();
    return status;
  }
}
