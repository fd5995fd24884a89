package payments.dr.operations.drill;

import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.console.Project;
import payments.dr.operations.controller.ControllerClient;
import payments.dr.operations.drill.load.AcknowledgedPayment;
import payments.dr.operations.drill.load.Load;
import payments.dr.operations.drill.load.PaymentJournal;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.Clusters;

/**
 * A deployed environment that lives: customers who pay, and a page that shows what becomes of it.
 *
 * @param local the local AWS that it is on
 */
record Sandbox(Project project, Environment environment, LocalAwsApi local, StatusReport status) {

  private static final Duration PACE = Duration.ofSeconds(1);

  /** As many as come in an outage of a failover; what stays broken overnight must not grow. */
  private static final int MOST_CUSTOMERS = 1000;

  /**
   * Returns when the local AWS has ended.
   *
   * @param port of the page
   * @param rate new payments a second
   */
  void run(int port, int rate, PrintWriter out) {
    SystemClock clock = new SystemClock();
    ControllerClient controller = ControllerClient.of(environment.name());
    try (SandboxPage page = SandboxPage.open(port)) {
      Schema.of(project).makeIn(writer());
      // Never closed: its customers end with this process, and nobody counts what they wait for.
      Load load =
          new Load(
              new FrontDoor(environment, Optional.of(local)).client(clock),
              new PaymentJournal(Writer.nullWriter()),
              clock);
      SandboxState state =
          new SandboxState(
              controller,
              status,
              () -> local.get("status").path("faults"),
              load.tally(),
              this::lost);
      load.start(rate, MOST_CUSTOMERS);
      say(out, new ThingsToTry(environment, page.address()).text());
      Thread interrupted =
          new Thread(
              () ->
                  say(
                      out,
                      "No more payments and no page; the deployment is still there."
                          + " `make sandbox` goes on, `make destroy` ends it."));
      Runtime.getRuntime().addShutdownHook(interrupted);
      ProcessHandle aws = ProcessHandle.of(local.get("status").path("pid").asLong()).orElseThrow();
      while (aws.isAlive()) {
        page.show(state.json());
        clock.sleepUntil(clock.instant().plus(PACE));
      }
      Runtime.getRuntime().removeShutdownHook(interrupted);
    }
    say(out, "The local AWS has ended, and the sandbox with it.");
  }

  private int lost(List<AcknowledgedPayment> payments) {
    return Accounts.of(payments, writer()).lost().size();
  }

  /** Of the generation that the application uses. */
  private Cluster writer() {
    return Clusters.of(project, environment).cluster(environment.config().databases().active());
  }

  private static void say(PrintWriter out, String text) {
    out.println(text);
    out.flush();
  }
}
