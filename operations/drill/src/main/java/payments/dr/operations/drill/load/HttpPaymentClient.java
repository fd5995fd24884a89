package payments.dr.operations.drill.load;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import javax.naming.NamingException;

/**
 * Sends payments as the reference application's customers do: {@code POST /payments} with an
 * idempotency key.
 */
public final class HttpPaymentClient implements PaymentClient {

  /** What a customer waits for one answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String PAYMENT = "{\"amount\": 1299, \"currency\": \"EUR\"}";
  private static final int CREATED = 201;

  /** Finds the host to send to. */
  @FunctionalInterface
  public interface Host {
    String find() throws NamingException;
  }

  private final HttpClient client;
  private final String scheme;
  private final Host host;

  /**
   * Makes a client of one host.
   *
   * @param proxy that leads to a local AWS's load balancers
   */
  public HttpPaymentClient(String scheme, Host host, Optional<InetSocketAddress> proxy) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
    proxy.ifPresent(address -> builder.proxy(ProxySelector.of(address)));
    this.client = builder.build();
    this.scheme = scheme;
    this.host = host;
  }

  @Override
  public Answer pay(String key) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(scheme + "://" + host.find() + "/payments"))
                  .header("Idempotency-Key", key)
                  .header("Content-Type", "application/json")
                  .timeout(PATIENCE)
                  .POST(HttpRequest.BodyPublishers.ofString(PAYMENT))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == CREATED
          ? created(answer)
          : Answer.refused(Integer.toString(answer.statusCode()));
    } catch (IOException | NamingException e) {
      return Answer.refused(e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.refused("interrupted");
    }
  }

  /** A receipt without a number could not be looked up, and so is none. */
  private static Answer created(HttpResponse<String> answer) throws IOException {
    JsonNode id = JSON.readTree(answer.body()).path("id");
    return id.isTextual()
        ? Answer.acknowledged(
            answer.headers().firstValue("Served-By-Region").orElse("unknown"), id.textValue())
        : Answer.refused("201 without id");
  }
}
