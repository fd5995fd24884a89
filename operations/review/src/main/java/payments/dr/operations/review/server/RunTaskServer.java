package payments.dr.operations.review.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import payments.dr.operations.console.BadInputException;

/**
 * Takes the requests of run tasks: looks at their signatures, answers at once, and hands each on to
 * be reviewed, once.
 */
final class RunTaskServer implements AutoCloseable {

  private static final String SIGNATURE = "X-TFC-Task-Signature";

  /** A request has less than 3 KiB. */
  private static final int LONGEST_BODY = 1 << 16;

  private static final int ANSWERING = 4;
  private static final int REVIEWING = 2;
  private static final int MOST_WAITING = 32;
  private static final int REMEMBERED = 10_000;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
  private static final Duration LAST_REVIEWS = Duration.ofSeconds(60);

  private final SharedKey key;
  private final Consumer<RunTask> review;
  private final HttpServer server;
  private final ExecutorService answering = Executors.newFixedThreadPool(ANSWERING);
  private final ThreadPoolExecutor reviewing =
      new ThreadPoolExecutor(
          REVIEWING, REVIEWING, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING));
  private final Set<String> taken = Collections.synchronizedSet(lastOnes());

  /**
   * Starts to listen.
   *
   * @param review is called in other threads, for each task that came, and must tell HCP Terraform
   *     itself
   */
  RunTaskServer(InetSocketAddress address, SharedKey key, Consumer<RunTask> review)
      throws IOException {
    this.key = key;
    this.review = review;
    server = HttpServer.create(address, 0);
    server.createContext("/health", exchange -> answer(exchange, 200));
    server.createContext("/run-task", exchange -> answer(exchange, status(exchange)));
    server.createContext("/", exchange -> answer(exchange, 404));
    server.setExecutor(answering);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Takes no further request, and waits a minute for the reviews under way. */
  @Override
  public void close() {
    end(answering, LAST_ANSWERS);
    server.stop(0);
    end(reviewing, LAST_REVIEWS);
  }

  private static void end(ExecutorService threads, Duration limit) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(limit.toSeconds(), TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private int status(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      return 405;
    }
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      return 413;
    }
    String signature =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst(SIGNATURE)).orElse("");
    if (!key.signed(body, signature)) {
      return 401;
    }
    try {
      return taken(RunTask.parse(body));
    } catch (BadInputException e) {
      return 400;
    }
  }

  private int taken(RunTask task) {
    if (task.verifiesTheAddress() || !taken.add(task.id())) {
      return 200;
    }
    try {
      reviewing.execute(() -> review.accept(task));
      return 200;
    } catch (RejectedExecutionException e) {
      // HCP Terraform asks again.
      taken.remove(task.id());
      return 503;
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private static Set<String> lastOnes() {
    return Collections.newSetFromMap(
        new LinkedHashMap<String, Boolean>() {
          private static final long serialVersionUID = 1;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
          }
        });
  }
}
