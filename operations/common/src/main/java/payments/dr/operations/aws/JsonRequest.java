package payments.dr.operations.aws;

import java.util.Optional;

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
}
