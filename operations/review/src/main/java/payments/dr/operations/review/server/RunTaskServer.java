package payments.dr.operations.review.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import payments.dr.operations.console.BadInputException;

/**
 * Takes the requests of run tasks: looks at their signatures, answers at once, and hands each on to
 * be reviewed, once.
 */
final class RunTaskServer implements AutoCloseable {

  private static final String SIGNATURE = "X-TFC-Task-Signature";

  private static final String MOST_CONNECTIONS = "jdk.httpserver.maxConnections";

  /** Seconds that a request may take to arrive. */
  private static final String SLOWEST_REQUEST = "sun.net.httpserver.maxReqTime";

  /** A request has less than 3 KiB. */
  private static final int LONGEST_BODY = 1 << 16;

  /** As many as connections: slow ones must not keep others from an answer. */
  private static final int ANSWERING = 64;

  private static final int REVIEWING = 2;
  private static final int MOST_WAITING = 32;
  private static final int REMEMBERED = 10_000;
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  private final SharedKey key;
  private final Reviewer reviewer;
  private final Limits limits;
  private final HttpServer server;
  private final ExecutorService answering = Executors.newFixedThreadPool(ANSWERING);
  private final ThreadPoolExecutor reviewing =
      new ThreadPoolExecutor(
          REVIEWING, REVIEWING, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING));
  private final Set<String> taken = Collections.synchronizedSet(lastOnes());

  /**
   * @param waiting how long a task may wait before its review begins
   * @param lastReviews how long reviews under way may go on when the server is stopped
   */
  record Limits(Duration waiting, Duration lastReviews) {

    /** HCP Terraform waits for ten minutes. */
    static final Limits OF_HCP = new Limits(Duration.ofMinutes(9), Duration.ofSeconds(60));
  }

  /** A task that was taken. */
  private final class Review implements Runnable {

    private final RunTask task;
    private final long arrival = System.nanoTime();

    Review(RunTask task) {
      this.task = task;
    }

    @Override
    public void run() {
      if (System.nanoTime() - arrival > limits.waiting().toNanos()) {
        reviewer.giveUp(
            task, "it waited for more than %d s".formatted(limits.waiting().toSeconds()));
      } else {
        reviewer.review(task);
      }
    }

    void drop() {
      reviewer.giveUp(task, TaskReviewer.STOPPED);
    }
  }

  /**
   * Limits connections and slow requests of the servers of this JVM. The JDK reads these limits
   * once: call it before the first server.
   */
  static void limitRequests() {
    System.setProperty(MOST_CONNECTIONS, "" + ANSWERING);
    System.setProperty(SLOWEST_REQUEST, "10");
  }

  /**
   * Starts to listen.
   *
   * @param reviewer is called in other threads, once for each task that came
   */
  RunTaskServer(InetSocketAddress address, SharedKey key, Reviewer reviewer, Limits limits)
      throws IOException {
    this.key = key;
    this.reviewer = reviewer;
    this.limits = limits;
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

  /**
   * Takes no further request, and waits for the reviews under way. HCP Terraform is told of each
   * that is not done by then; for that there are 10 s, and as long again for the interrupted ones.
   */
  @Override
  public void close() {
    end(answering, LAST_ANSWERS);
    server.stop(0);
    List<Runnable> dropped = end(reviewing, limits.lastReviews());
    ExecutorService telling = Executors.newCachedThreadPool();
    dropped.forEach(review -> telling.execute(((Review) review)::drop));
    end(telling, LAST_WORDS);
    end(reviewing, LAST_WORDS);
  }

  /** Returns what had not begun by the end of the limit. */
  private static List<Runnable> end(ExecutorService threads, Duration limit) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(limit.toSeconds(), TimeUnit.SECONDS)) {
        return threads.shutdownNow();
      }
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return threads.shutdownNow();
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
      return RunTask.verifiesTheAddress(body) ? 200 : taken(RunTask.parse(body));
    } catch (BadInputException e) {
      return 400;
    }
  }

  private int taken(RunTask task) {
    if (!taken.add(task.id())) {
      return 200;
    }
    try {
      reviewing.execute(new Review(task));
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
