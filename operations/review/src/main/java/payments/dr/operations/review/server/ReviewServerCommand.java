package payments.dr.operations.review.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.ExitCode;
import payments.dr.operations.console.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./dr review-server}: a run task of HCP Terraform that reviews each plan. */
@Command(
    name = "review-server",
    description = {
      "Reviews plans as a run task of HCP Terraform, until it is stopped.",
      "POST /run-task takes a run, GET /health says that it runs."
    },
    footer = "  ./dr review-server --hmac-key-file /run/secrets/hmac-key",
    exitCodeList = {"0:it was stopped", "1:bad input, also wrong usage"})
public final class ReviewServerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--hmac-key-file",
      required = true,
      paramLabel = "FILE",
      description = "Holds the HMAC key that the run task was configured with.")
  private Path keyFile;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = "Without it ${DEFAULT-VALUE}: an ingress of yours terminates TLS before it.",
      defaultValue = "127.0.0.1")
  private String address;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Without it ${DEFAULT-VALUE}.",
      defaultValue = "8080")
  private int port;

  @Option(
      names = "--hcp-host",
      paramLabel = "HOST",
      description = "The only one that is given a run's token; without it ${DEFAULT-VALUE}.",
      defaultValue = "app.terraform.io")
  private String host;

  @Option(
      names = "--download-host",
      paramLabel = "HOST",
      description = "Where it redirects to for a plan; without it ${DEFAULT-VALUE}.",
      defaultValue = "archivist.terraform.io")
  private String downloads;

  @Option(
      names = "--applies-ask-a-person",
      description = {
        "No run ever applies by itself: what needs approval passes",
        "after the plan, with a warning. Without it only clean plans pass."
      })
  private boolean asksPerson;

  @Override
  public Integer call() {
    RunTaskServer.limitRequests();
    PrintWriter log = spec.commandLine().getOut();
    Project project = Project.ofLauncher();
    project.configuration(); // whose faults are told now, not with the first run
    HcpClient hcp =
        new HcpClient(
            new HcpHosts(https("--hcp-host", host), https("--download-host", downloads)),
            HcpClient.Limits.OF_HCP);
    RunTaskServer server =
        listen(SharedKey.read(keyFile), new TaskReviewer(project, hcp, asksPerson, log));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  // Without it the status would be that of the signal.
                  Runtime.getRuntime().halt(ExitCode.DONE);
                }));
    log.println("listening on %s:%d".formatted(address, server.port()));
    log.flush();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private RunTaskServer listen(SharedKey key, TaskReviewer reviewer) {
    try {
      return new RunTaskServer(
          new InetSocketAddress(InetAddress.getByName(address), port),
          key,
          reviewer,
          RunTaskServer.Limits.OF_HCP);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "--listen and --port must be an address of this machine and a free port, got %s and %d: %s"
              .formatted(address, port, e.getMessage()));
    }
  }

  static URI https(String option, String host) {
    if (!host.matches("[A-Za-z0-9.-]+(:\\d{1,5})?")
        || Objects.isNull(URI.create("https://" + host).getHost())) {
      throw new BadInputException(
          "%s must be a host such as app.terraform.io, got \"%s\"".formatted(option, host));
    }
    return URI.create("https://" + host);
  }
}
