package payments.dr.operations.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import payments.dr.operations.console.BadInputException;

/**
 * The page of a sandbox, on the loopback only: it shows, and takes no order. It polls {@code
 * /state}, which answers with the last state, so that further browsers cost nothing.
 */
final class SandboxPage implements AutoCloseable {

  private static final String FILE = "sandbox.html";
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int MISDIRECTED = 421;

  /** The page has all that it needs in itself, and asks nobody but this server. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService answering = Executors.newFixedThreadPool(4);
  private final byte[] page = page();
  private volatile String state = "{}";

  private SandboxPage(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.setExecutor(answering);
    server.start();
  }

  /**
   * Begins to serve.
   *
   * @param port 0: any free one
   * @throws BadInputException when the port is taken
   */
  static SandboxPage open(int port) {
    try {
      return new SandboxPage(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
    } catch (BindException e) {
      throw new BadInputException(
          "--port must be a free one on 127.0.0.1, got %d (%s): make sandbox PORT=8700 takes another"
              .formatted(port, e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
  }

  /**
   * @param json which the page shows from now on
   */
  void show(String json) {
    state = json;
  }

  @Override
  public void close() {
    server.stop(0);
    answering.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!isAddressed(exchange)) {
      send(exchange, MISDIRECTED, "text/plain", text("This page is at " + address() + "\n"));
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> send(exchange, OK, "text/html", page);
      case "/state" -> send(exchange, OK, "application/json", text(state));
      default -> send(exchange, NOT_FOUND, "text/plain", text("There is nothing here.\n"));
    }
  }

  /** Pages of other names that resolve to this machine must not read it. */
  private boolean isAddressed(HttpExchange exchange) {
    int port = server.getAddress().getPort();
    return Set.of("127.0.0.1:" + port, "localhost:" + port)
        .contains(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
      exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] page() {
    try (InputStream file = SandboxPage.class.getResourceAsStream(FILE)) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
