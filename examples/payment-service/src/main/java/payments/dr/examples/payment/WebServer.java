package payments.dr.examples.payment;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** HTTP in front of the {@link Routes}. */
final class WebServer implements AutoCloseable {

  /** More than requests may be at the database, so that some are free to say 503 and 200. */
  private static final int THREADS = 64;

  private static final int LARGEST_BODY = 1024;
  private static final int NO_BODY = -1;
  private static final int END_SECONDS = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer server;
  private final Routes routes;

  private WebServer(HttpServer server, Routes routes) {
    this.server = server;
    this.routes = routes;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Of the JVM's server, which reads them when the first one is made. */
  static void properties() {
    Map.of(
            "sun.net.httpserver.nodelay", "true",
            // Longer than a load balancer keeps a connection, or it sends into a closed one: 502.
            "sun.net.httpserver.idleInterval", "75",
            // Seconds for a request to come in: a slow client must not keep a thread.
            "sun.net.httpserver.maxReqTime", "10")
        .forEach(System::setProperty);
  }

  static WebServer start(InetSocketAddress address, Routes routes) throws IOException {
    WebServer started = new WebServer(HttpServer.create(address, 0), routes);
    started.server.start();
    return started;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    long start = System.nanoTime();
    try (exchange) {
      Answer answer = answer(exchange).with("Served-By-Region", routes.region());
      routes
          .log()
          .request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              answer.status(),
              (System.nanoTime() - start) / 1_000_000);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      if (answer.body() == null) {
        exchange.sendResponseHeaders(answer.status(), NO_BODY);
        return;
      }
      byte[] body = JSON.writeValueAsBytes(answer.body());
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      return Answer.error(413, "body must be at most " + LARGEST_BODY + " bytes");
    }
    try {
      return routes.answer(
          new Routes.Request(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              exchange.getRequestHeaders().getFirst("Idempotency-Key"),
              body));
    } catch (RuntimeException e) {
      routes.log().trouble("a request met an error of this service", e);
      return Answer.error(500, "the service failed");
    }
  }

  /** Lets requests that are under way end. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // With a delay it would wait for all of it, also when nothing is under way.
    server.stop(0);
  }
}
