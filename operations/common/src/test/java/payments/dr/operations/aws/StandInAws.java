package payments.dr.operations.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers as AWS would, on one port of loopback: what a request is signed for tells Region and
 * service. An unsigned one is told by its path.
 */
public final class StandInAws implements AutoCloseable {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=([^/]+)/\\d+/([^/]+)/([^/]+)/aws4_request");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /**
   * A request that came.
   *
   * @param accessKey that signed it; empty text: unsigned
   * @param where such as {@code us-east-2/dynamodb}, or an unsigned request's path
   */
  public record Asked(String accessKey, String where, String body) {}

  /** What becomes of a request. */
  public interface Answer {

    void to(HttpExchange exchange) throws IOException;

    /** The connection ends without an answer. */
    static Answer dropped() {
      return HttpExchange::close;
    }

    static Answer of(int status, String contentType, String body) {
      return exchange -> {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
      };
    }

    static Answer json(int status, String body) {
      return of(status, "application/x-amz-json-1.0", body.replace('\'', '"'));
    }

    /** As DynamoDB tells a fault. */
    static Answer fault(int status, String code, String message) {
      return json(
          status,
          "{'__type': 'com.amazonaws.dynamodb.v20120810#%s', 'message': '%s'}"
              .formatted(code, message));
    }

    /** As STS does. */
    static Answer xmlFault(int status, String code, String message) {
      return of(
          status,
          "text/xml",
          "<ErrorResponse><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error></ErrorResponse>"
              .formatted(code, message));
    }

    static Answer caller(String arn) {
      return of(
          200,
          "text/xml",
          "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>%s</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>"
              .formatted(arn));
    }
  }

  private StandInAws(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static StandInAws start() {
    try {
      return new StandInAws(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * @param where such as {@code us-east-2/dynamodb}, or an unsigned request's path
   */
  public StandInAws on(String where, Answer answer) {
    answers.put(where, answer);
    return this;
  }

  /** Takes requests and never answers. */
  public Answer hanging() {
    return exchange -> {
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      exchange.close();
    };
  }

  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Matcher scope =
        SCOPE.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse(""));
    boolean signed = scope.find();
    String where =
        signed ? scope.group(2) + "/" + scope.group(3) : exchange.getRequestURI().getPath();
    asked.add(new Asked(signed ? scope.group(1) : "", where, body));
    answers
        .getOrDefault(
            where, Answer.xmlFault(403, "MissingAuthenticationToken", "nobody answers " + where))
        .to(exchange);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
