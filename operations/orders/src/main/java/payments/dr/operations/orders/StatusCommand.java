package payments.dr.operations.orders;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.OrderAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code ./dr status}. */
@Command(
    name = "status",
    description = {
      "Says how the failover controller stands, what it saw last, and which orders it would take.",
      "Asks nothing but the ledger in the controller's own Region, and changes nothing. When that"
          + " does not answer as asked, it asks STS of both Regions, and says what is in the way."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {"  ./dr status prod", "  ./dr status prod --format json"},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:steady, nothing to look at",
      "1:bad input",
      "2:not signed in, no network here, refused by AWS, or nobody answers there: it says which",
      "3:look at it: lines ATTENTION tell why"
    })
public final class StatusCommand implements Callable<Integer> {

  private static final int FAILED = 2;
  private static final int ATTENTION = 3;

  private final ControllerClient.Factory controllers;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ENV", description = "Such as prod.")
  private String environment;

  @Mixin private FormatOption format;

  @Mixin private RegionOption region;

  StatusCommand() {
    this(ControllerClient::of);
  }

  StatusCommand(ControllerClient.Factory controllers) {
    this.controllers = controllers;
  }

  @Override
  public Integer call() {
    ControllerClient controller = controllers.open(environment, region.value());
    try {
      return tell(controller);
    } catch (LedgerException | SdkException e) {
      AwsCallException.in(e).ifPresent(call -> tell(call, e));
      throw e;
    }
  }

  private int tell(ControllerClient controller) {
    ControllerView view = controller.view();
    Optional<OrderAnswer> answer =
        view.control().order().flatMap(order -> OrderAnswer.to(order, controller.ledger()));
    int status = Attention.of(view).isEmpty() ? 0 : ATTENTION;
    print(
        switch (format.value()) {
          case text -> StatusText.of(view, answer);
          case json -> StatusJson.of(view, answer, status);
        });
    return status;
  }

  /** What each Region answers; the message about it follows on standard error. */
  private void tell(AwsCallException call, RuntimeException failure) {
    print(
        switch (format.value()) {
          case text -> StatusText.of(call);
          case json -> StatusJson.of(environment, call, failure, FAILED);
        });
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }
}
