package payments.dr.operations.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request to a service that speaks JSON.
 *
 * @param service as it signs and as its endpoint begins, such as {@code backup}
 * @param operation such as {@code DescribeRegionSettings}
 * @param path with the query
 * @param target of a service with one path for all operations, which takes a POST
 * @param body JSON; empty: this is a GET
 */
public record JsonRequest(
    String service, String operation, String path, Optional<String> target, String body) {

  /** To a service that tells operations by their paths. */
  public static JsonRequest get(String service, String operation, String path) {
    return new JsonRequest(service, operation, path, Optional.empty(), "");
  }

  /**
   * To a service that tells operations by their paths, of an operation that makes something.
   *
   * @param body JSON
   */
  public static JsonRequest put(String service, String operation, String path, String body) {
    return new JsonRequest(service, operation, path, Optional.empty(), body);
  }

  /**
   * To a service that tells operations by a header.
   *
   * @param api in front of the operation there, such as {@code StarlingDoveService}
   * @param body JSON
   */
  public static JsonRequest post(String service, String api, String operation, String body) {
    return new JsonRequest(service, operation, "/", Optional.of(api + "." + operation), body);
  }

  /**
   * Asks until the last page of a GET that lists something.
   *
   * @param aws answers a request
   * @param field of an answer, in which the items of a page are, such as {@code RestoreJobs}
   */
  public List<JsonNode> all(Function<JsonRequest, JsonNode> aws, String field) {
    List<JsonNode> items = new ArrayList<>();
    String token = "";
    do {
      JsonNode answer = aws.apply(page(token));
      answer.path(field).forEach(items::add);
      token = answer.path("NextToken").asText("");
    } while (!token.isEmpty());
    return items;
  }

  private JsonRequest page(String token) {
    if (token.isEmpty()) {
      return this;
    }
    String next =
        "%s%snextToken=%s"
            .formatted(
                path,
                path.contains("?") ? "&" : "?",
                URLEncoder.encode(token, StandardCharsets.UTF_8));
    return new JsonRequest(service, operation, next, target, body);
  }
}
