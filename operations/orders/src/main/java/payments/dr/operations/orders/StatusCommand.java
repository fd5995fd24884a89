package payments.dr.operations.orders;

import java.util.Optional;
import java.util.concurrent.Callable;
import payments.dr.ledger.LedgerException;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.EnvironmentParameter;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.FormatOption;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.ControllerView;
import payments.dr.operations.controller.OrderAnswer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    footer = {
      "  ./dr status prod",
      "  ./dr status prod --format json",
      "  ./dr status prod --watch"
    },
    exitCodeList = {
      "0:steady, nothing to look at",
      "1:bad input",
      "2:not signed in, no network here, refused by AWS, or nobody answers there: it says which",
      "3:look at it: lines ATTENTION tell why"
    })
public final class StatusCommand implements Callable<Integer> {

  private final ControllerClient.Factory controllers;
  private final Watch.Waiting waiting;

  @Mixin private EnvironmentParameter environment;

  @Mixin private FormatOption format;

  @Mixin private RegionOption region;

  @Option(
      names = "--watch",
      description =
          "Looks again every 2 s until Ctrl-C: in place on a terminal, elsewhere with a line for each change.")
  private boolean watched;

  @Spec private CommandSpec command;

  StatusCommand() {
    this(ControllerClient::of, time -> Thread.sleep(time.toMillis()));
  }

  StatusCommand(ControllerClient.Factory controllers, Watch.Waiting waiting) {
    this.controllers = controllers;
    this.waiting = waiting;
  }

  @Override
  public Integer call() {
    if (watched && !format.isText()) {
      throw new BadInputException("--watch must be used with --format text, got json");
    }
    ControllerClient controller = controllers.open(environment.name(), region.value());
    try {
      return watched ? watch(controller) : tell(controller);
    } catch (LedgerException | SdkException e) {
      AwsCallException.in(e).ifPresent(call -> tell(call, e));
      throw e;
    }
  }

  private int watch(ControllerClient controller) {
    new Watch(command.commandLine().getOut(), System.console() != null, waiting)
        .run(controller::view, view -> StatusText.of(view, answer(view, controller)));
    return ExitCode.DONE;
  }

  private static Optional<OrderAnswer> answer(ControllerView view, ControllerClient controller) {
    return view.control().order().flatMap(order -> OrderAnswer.to(order, controller.ledger()));
  }

  private int tell(ControllerClient controller) {
    ControllerView view = controller.view();
    Optional<OrderAnswer> answer = answer(view, controller);
    format.print(() -> StatusText.of(view, answer), () -> json(view, answer));
    return exitCode(view);
  }

  /**
   * Returns what {@code --format json} prints.
   *
   * @throws LedgerException when the ledger does not answer
   */
  public static String json(ControllerClient controller) {
    ControllerView view = controller.view();
    return json(view, answer(view, controller));
  }

  private static String json(ControllerView view, Optional<OrderAnswer> answer) {
    return StatusJson.of(view, answer, exitCode(view));
  }

  private static int exitCode(ControllerView view) {
    return Attention.of(view).isEmpty() ? ExitCode.DONE : ExitCode.OBJECTION;
  }

  /** What each Region answers; the message about it follows on standard error. */
  private void tell(AwsCallException call, RuntimeException failure) {
    format.print(
        () -> StatusText.of(call),
        () -> StatusJson.of(environment.name(), call, failure, ExitCode.FAILED));
  }
}
