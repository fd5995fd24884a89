package payments.dr.lambda.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.lambda.model.Health;

class ProbeTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Runnable> closers = new ArrayList<>();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    closers.forEach(Runnable::run);
  }

  @ParameterizedTest
  @CsvSource({
    "200,UP",
    "204,UP",
    "500,DOWN",
    "503,DOWN",
    "302,UNKNOWN",
    "403,UNKNOWN",
    "404,UNKNOWN"
  })
  void the_status_is_the_verdict(int status, Health vote) throws Exception {
    assertEquals(vote, probe(server(List.of(status, status))).look().health());
  }

  @ParameterizedTest
  @CsvSource({"200,true", "204,false", "503,false", "403,false"})
  void a_region_that_only_follows_commits_nothing(int status, boolean commits) throws Exception {
    assertEquals(commits, probe(server(List.of(status, status))).look() == ProbeAnswer.COMMITTED);
  }

  @Test
  void one_success_of_two_is_enough() throws Exception {
    assertEquals(Health.UP, probe(server(List.of(503, 200))).look().health());
  }

  @Test
  void nobody_who_listens_is_down() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }

    assertEquals(Health.DOWN, probe("http://127.0.0.1:" + port).look().health());
  }

  @Test
  void silence_is_down_in_time() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Duration limit = Duration.ofMillis(200);
      URL url = URI.create("http://127.0.0.1:" + silent.getLocalPort()).toURL();
      Instant start = Instant.now();

      assertEquals(
          Health.DOWN,
          new Probe(url, (SSLSocketFactory) SSLSocketFactory.getDefault(), threads, limit)
              .look()
              .health());

      Duration waited = Duration.between(start, Instant.now());
      assertTrue(waited.compareTo(limit) >= 0, waited.toString());
      assertTrue(waited.compareTo(Duration.ofSeconds(2)) < 0, waited.toString());
    }
  }

  /** The pool has a thread for every attempt: one that hangs would never give it back. */
  @Test
  void silence_holds_no_thread() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      hurriedProbe(silent.getLocalPort()).look();

      threads.shutdown();
      assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void connection_that_is_not_made_holds_no_thread() throws Exception {
    try (UnreachableServer lost = UnreachableServer.start()) {
      assertEquals(Health.DOWN, hurriedProbe(lost.port()).look().health());

      threads.shutdown();
      assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void redirect_is_not_followed() throws Exception {
    String well = server(List.of(200, 200));
    HttpServer moved = HttpServer.create(loopback(), 0);
    moved.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Location", well + "/");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    moved.setExecutor(threads);
    moved.start();
    closers.add(() -> moved.stop(0));

    assertEquals(Health.UNKNOWN, probe("http://127.0.0.1:" + port(moved)).look().health());
  }

  /** Customers that come now find no connection open either. */
  @Test
  void every_attempt_asks_for_a_connection_of_its_own() throws Exception {
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    HttpServer server = HttpServer.create(loopback(), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Connection"));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
    closers.add(() -> server.stop(0));

    probe("http://127.0.0.1:" + port(server)).look();

    assertEquals(List.of("close", "close"), List.copyOf(asked));
  }

  private Probe hurriedProbe(int port) throws IOException {
    return new Probe(
        URI.create("http://127.0.0.1:" + port).toURL(),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        threads,
        Duration.ofMillis(500));
  }

  @Test
  void an_answer_must_come_within_two_seconds() throws Exception {
    assertEquals(Duration.ofSeconds(2), probe("http://127.0.0.1:1").limit());
  }

  @Test
  void a_name_without_an_address_is_no_verdict() throws Exception {
    assertEquals(Health.UNKNOWN, probe("http://nowhere.invalid").look().health());
  }

  @ParameterizedTest
  @CsvSource({"pay.example.test,UP", "other.example.test,DOWN"})
  void the_certificate_must_be_for_the_customers_name(
      String name, Health vote, @TempDir Path folder) throws Exception {
    SSLContext tls = TestCertificate.make(folder, "pay.example.test").context();
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    start(server, List.of(200, 200));
    SSLSocketFactory trusting = new NamedSocketFactory(tls.getSocketFactory(), name);

    assertEquals(vote, probe("https://127.0.0.1:" + port(server), trusting).look().health());
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_down(@TempDir Path folder) throws Exception {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(TestCertificate.make(folder, "pay.example.test").context()));
    start(server, List.of(200, 200));
    SSLSocketFactory strict =
        new NamedSocketFactory(
            (SSLSocketFactory) SSLSocketFactory.getDefault(), "pay.example.test");

    assertEquals(Health.DOWN, probe("https://127.0.0.1:" + port(server), strict).look().health());
  }

  private String server(List<Integer> statuses) throws IOException {
    HttpServer server = HttpServer.create(loopback(), 0);
    start(server, statuses);
    return "http://127.0.0.1:" + port(server);
  }

  private void start(HttpServer server, List<Integer> statuses) {
    AtomicInteger request = new AtomicInteger();
    server.createContext(
        "/",
        exchange -> {
          int status = statuses.get(request.getAndIncrement());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.setExecutor(threads);
    server.start();
    closers.add(() -> server.stop(0));
  }

  private Probe probe(String url) throws IOException {
    return probe(url, (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  private Probe probe(String url, SSLSocketFactory tls) throws IOException {
    return new Probe(URI.create(url + "/healthz/payments").toURL(), tls, threads);
  }

  private static int port(HttpServer server) {
    return server.getAddress().getPort();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }
}
