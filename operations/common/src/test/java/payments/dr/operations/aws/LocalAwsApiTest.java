package payments.dr.operations.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LocalAwsApiTest {

  /** A client has a thread and sockets of its own, and a sandbox asks once a second for hours. */
  @Test
  void many_questions_take_one_client() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    try {
      LocalAwsApi api =
          new LocalAwsApi(URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
      long before = clients();

      for (int asked = 0; asked < 20; asked++) {
        api.get("status");
      }

      assertTrue(clients() - before <= 1, () -> clients() - before + " clients");
    } finally {
      server.stop(0);
    }
  }

  private static long clients() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("HttpClient-.*-SelectorManager"))
        .count();
  }
}
