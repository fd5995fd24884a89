package payments.dr.operations.aws;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import payments.dr.operations.console.CommandFailedException;

/**
 * What a local AWS tells and does itself, below {@code /emulator/}; emulator/README.md says what.
 *
 * @param endpoint of the local AWS
 */
public record LocalAwsApi(URI endpoint) {

  /** A fault may wait for servers that end or come back. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** One for all: each has a thread and sockets of its own, and some callers ask every second. */
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * Returns what the local AWS answers to a request of its own API.
   *
   * @param path below {@code /emulator/}
   * @throws CommandFailedException when it is refused or not answered
   */
  public JsonNode get(String path) {
    return send("GET", path);
  }

  public JsonNode put(String path) {
    return send("PUT", path);
  }

  public JsonNode delete(String path) {
    return send("DELETE", path);
  }

  private JsonNode send(String method, String path) {
    URI uri = endpoint.resolve("/emulator/" + path);
    try {
      HttpResponse<String> answer =
          CLIENT.send(
              HttpRequest.newBuilder(uri)
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .timeout(LIMIT)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      JsonNode body = JSON.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new CommandFailedException(
            "local AWS refused %s %s: %s".formatted(method, uri, body.path("message").asText()));
      }
      return body;
    } catch (IOException e) {
      throw new CommandFailedException(
          "local AWS must answer %s %s, got %s".formatted(method, uri, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking the local AWS", e);
    }
  }
}
