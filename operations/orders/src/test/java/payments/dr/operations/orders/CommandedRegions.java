package payments.dr.operations.orders;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.controller.SimulatedRegions;
import payments.dr.testing.ProjectCopy;
import picocli.CommandLine;

/** Simulated Regions, and the commands of a person who operates them. */
final class CommandedRegions extends SimulatedRegions {

  String out = "";
  String err = "";
  int looks = 1;
  Runnable beforeLook = () -> {};

  @Override
  public CommandedRegions pass(Duration time) {
    super.pass(time);
    return this;
  }

  int run(String typed, String... arguments) {
    return run(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), arguments);
  }

  int run(InputStream typed, String... arguments) {
    StringWriter told = new StringWriter();
    StringWriter wrong = new StringWriter();
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    InputStream before = System.in;
    System.setIn(typed);
    try {
      CommandLine command = commandLine(this::client, this::await);
      command.setOut(new PrintWriter(told, true));
      command.setErr(new PrintWriter(wrong, true));
      return command.execute(arguments);
    } finally {
      System.setIn(before);
      out = told.toString();
      err = wrong.toString();
    }
  }

  /** Ends a watch after as many looks as {@link #looks} says. */
  private void await(Duration time) throws InterruptedException {
    if (--looks == 0) {
      throw new InterruptedException("Ctrl-C");
    }
    beforeLook.run();
    pass(time);
  }

  /** All commands about controllers. */
  static CommandLine commandLine(ControllerClient.Factory controllers, Watch.Waiting waiting) {
    return SomeCommands.of(
        new StatusCommand(controllers, waiting),
        new PauseCommand(controllers),
        new ResumeCommand(controllers),
        new OrderCommands.Approve(controllers),
        new OrderCommands.Force(controllers),
        new OrderCommands.Abort(controllers),
        new OrderCommands.Switchover(controllers),
        new OrderCommands.Failback(controllers),
        new AuditCommand(controllers));
  }
}
