package payments.dr.lambda.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * AWS on the loopback: answers each operation as it was told to, and remembers who was asked for
 * what. Real clients call it, so that their retries, their Region and how they read an answer are
 * tested, too.
 *
 * <p>An operation has its name in AWS's API, such as {@code FailoverGlobalCluster}; one of S3 is
 * its method and path, such as {@code PUT /bucket/key}.
 */
public final class StandInAws implements AutoCloseable {

  /** One attempt, which a busy machine does not cut short: for tests of something else. */
  static final Bounds PATIENT = new Bounds(Duration.ofSeconds(30), 1, Duration.ofSeconds(30));

  /** Of a signature, such as {@code Credential=key/20260101/us-east-1/rds/aws4_request}. */
  private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/([^/]+)/");

  private static final Pattern CBOR_OPERATION = Pattern.compile("/service/\\w+/operation/(\\w+)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<Call, Answer>> answers = new ConcurrentHashMap<>();
  private final Set<String> dark = ConcurrentHashMap.newKeySet();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  private record Answer(int status, byte[] body) {}

  /**
   * One request.
   *
   * @param region that it was signed for
   * @param parameters of a form; of other requests none
   * @param headers the first of each name, whose first letter alone is large
   */
  public record Call(
      String region,
      String operation,
      Map<String, String> parameters,
      Map<String, String> headers,
      String body) {

    /** Such as {@code us-east-1 PutObject}. */
    @Override
    public String toString() {
      return region + " " + operation;
    }
  }

  private StandInAws(HttpServer server) {
    this.server = server;
  }

  public static StandInAws start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StandInAws aws = new StandInAws(server);
    server.createContext("/", aws::handle);
    server.setExecutor(aws.threads);
    server.start();
    return aws;
  }

  public AwsClients clients() {
    return new AwsClients(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")),
        Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())));
  }

  public StandInAws answers(String operation, String body) {
    return answers(operation, call -> body);
  }

  /** Answers each request for itself. */
  public StandInAws answers(String operation, Function<Call, String> body) {
    answers.put(
        operation, call -> new Answer(200, body.apply(call).getBytes(StandardCharsets.ISO_8859_1)));
    return this;
  }

  /** Answers with a status and nothing else. */
  public StandInAws answers(String operation, int status) {
    answers.put(operation, call -> new Answer(status, new byte[0]));
    return this;
  }

  /** Refuses as the APIs of XML do; S3 alone answers with nothing around the error. */
  public StandInAws refuses(String operation, int status, String code, String message) {
    String error = "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message);
    String body =
        operation.contains(" ") ? error : "<ErrorResponse>%s</ErrorResponse>".formatted(error);
    answers.put(operation, call -> new Answer(status, body.getBytes(StandardCharsets.UTF_8)));
    return this;
  }

  /** From now on this Region fails whatever it is asked. */
  public StandInAws lose(String region) {
    dark.add(region);
    return this;
  }

  /** All requests until now, such as {@code us-east-1 PutObject}. */
  public List<String> asked() {
    return calls.stream().map(Call::toString).toList();
  }

  /** The requests for one operation. */
  public List<Call> calls(String operation) {
    return calls.stream().filter(call -> call.operation().equals(operation)).toList();
  }

  /** The only request for one operation. */
  public Call call(String operation) {
    List<Call> found = calls(operation);
    if (found.size() != 1) {
      throw new AssertionError(operation + " must be called once, got " + calls);
    }
    return found.get(0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    Map<String, String> parameters = isForm(exchange) ? parameters(body) : Map.of();
    Map<String, String> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Call call =
        new Call(region(exchange), operation(exchange, parameters), parameters, headers, body);
    calls.add(call);
    Answer answer =
        dark.contains(call.region())
            ? new Answer(503, new byte[0])
            : answers.getOrDefault(call.operation(), StandInAws::unknown).apply(call);
    if (call.operation().equals("PutMetricData")) {
      exchange.getResponseHeaders().set("smithy-protocol", "rpc-v2-cbor");
    }
    exchange.sendResponseHeaders(
        answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
    exchange.getResponseBody().write(answer.body());
    exchange.close();
  }

  private static Answer unknown(Call call) {
    return new Answer(400, new byte[0]);
  }

  private static boolean isForm(HttpExchange exchange) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    return type != null && type.startsWith("application/x-www-form-urlencoded");
  }

  private static Map<String, String> parameters(String form) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : form.split("&")) {
      String[] parts = pair.split("=", 2);
      parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static String region(HttpExchange exchange) {
    Matcher scope = SCOPE.matcher(exchange.getRequestHeaders().getFirst("Authorization"));
    return scope.find() ? scope.group(1) : "no Region";
  }

  private static String operation(HttpExchange exchange, Map<String, String> parameters) {
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null) {
      return target.substring(target.indexOf('.') + 1);
    }
    String path = exchange.getRequestURI().getPath();
    Matcher cbor = CBOR_OPERATION.matcher(path);
    if (cbor.matches()) {
      return cbor.group(1);
    }
    return parameters.getOrDefault("Action", exchange.getRequestMethod() + " " + path);
  }
}
