package payments.dr.operations.review.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import payments.dr.operations.console.CommandFailedException;

/**
 * HCP Terraform as a run task calls it: for a plan, and with its result. It never follows a
 * redirect by itself, since that would hand the run's token on.
 */
class HcpClient {

  private static final String JSON_API = "application/vnd.api+json";
  private static final int ATTEMPTS = 5;

  /** What an answer without a body may say all the same. */
  private static final int SHORT = 1 << 16;

  private final HcpHosts hosts;
  private final Limits limits;
  private final HttpClient http;

  /**
   * @param answer how long one answer may take, from the connection to its last byte
   * @param pause before the second attempt; twice as long before each further one
   * @param planBytes that a plan may have
   */
  record Limits(Duration answer, Duration pause, int planBytes) {

    /** All attempts at a plan and a result end within nine minutes; HCP Terraform waits for ten. */
    static final Limits OF_HCP = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(2), 1 << 26);
  }

  HcpClient(HcpHosts hosts, Limits limits) {
    this.hosts = hosts;
    this.limits = limits;
    this.http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.answer())
            .build();
  }

  /**
   * Fetches the JSON of a run's plan.
   *
   * @throws CommandFailedException when there is none to be had; its message names no token
   */
  byte[] plan(RunTask task) {
    demand(hosts.isApi(task.plan()), "plan_json_api_url", hosts.api(), task.plan());
    // The address that a redirect names is good for a minute: each attempt asks for a new one.
    return repeated("plan of " + task, () -> planOnce(task));
  }

  /**
   * Tells HCP Terraform what became of a run task.
   *
   * @throws CommandFailedException when it does not take the result
   */
  void report(RunTask task, TaskResult result) {
    demand(hosts.isApi(task.callback()), "task_result_callback_url", hosts.api(), task.callback());
    repeated("result of " + task, () -> reportOnce(task, result));
  }

  private byte[] reportOnce(RunTask task, TaskResult result) throws IOException {
    HttpRequest request =
        authorized(task, task.callback())
            .header("Content-Type", JSON_API)
            .method("PATCH", BodyPublishers.ofString(result.json()))
            .build();
    HttpResponse<byte[]> answer = send(request, SHORT);
    if (answer.statusCode() == 422 && !result.outcomes().isEmpty()) {
      // A verdict without its reasons is better than none.
      return reportOnce(task, result.withoutOutcomes());
    }
    return good(answer);
  }

  private byte[] planOnce(RunTask task) throws IOException {
    HttpResponse<byte[]> answer =
        send(authorized(task, task.plan()).GET().build(), limits.planBytes());
    if (answer.statusCode() == 204) {
      throw new Passing("the plan is not complete yet");
    }
    if (answer.statusCode() / 100 != 3) {
      return good(answer);
    }
    URI elsewhere =
        task.plan()
            .resolve(
                answer.headers().firstValue("Location").map(HcpClient::uri).orElse(URI.create("")));
    demand(hosts.isDownload(elsewhere), "redirect", hosts.downloads(), elsewhere);
    return good(send(HttpRequest.newBuilder(elsewhere).GET().build(), limits.planBytes()));
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      return URI.create("");
    }
  }

  /** A query or a user's part may be a credential, and is not repeated. */
  private static void demand(boolean met, String what, URI allowed, URI got) {
    if (!met) {
      throw new CommandFailedException(
          "%s must be at %s, got %s://%s"
              .formatted(
                  what,
                  allowed,
                  got.getScheme(),
                  String.valueOf(got.getAuthority()).replaceFirst(".*@", "")));
    }
  }

  private static HttpRequest.Builder authorized(RunTask task, URI uri) {
    return HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + task.token());
  }

  private HttpResponse<byte[]> send(HttpRequest request, int limit) throws IOException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, info -> new BoundedBody(limit));
    try {
      // The client's own time limit ends with the headers.
      return answer.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new Passing("no answer within " + limits.answer().toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BoundedBody.TooLongException tooLong) {
        throw tooLong;
      }
      throw new Passing(e.getCause().getClass().getSimpleName());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static byte[] good(HttpResponse<byte[]> answer) throws IOException {
    int status = answer.statusCode();
    if (status / 100 == 2) {
      return answer.body();
    }
    String said = "HTTP " + status;
    throw status == 429 || status >= 500 ? new Passing(said) : new IOException(said);
  }

  private byte[] repeated(String what, Attempt attempt) {
    Duration pause = limits.pause();
    for (int left = ATTEMPTS - 1; ; left--) {
      try {
        return attempt.run();
      } catch (IOException e) {
        if (left == 0 || !(e instanceof Passing)) {
          throw new CommandFailedException("%s: %s".formatted(what, e.getMessage()), e);
        }
      }
      sleep(pause);
      pause = pause.multipliedBy(2);
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted between two attempts", e);
    }
  }

  private interface Attempt {
    byte[] run() throws IOException;
  }

  /** A failure that another attempt may not meet. */
  private static final class Passing extends IOException {

    private static final long serialVersionUID = 1;

    Passing(String message) {
      super(message);
    }
  }
}
