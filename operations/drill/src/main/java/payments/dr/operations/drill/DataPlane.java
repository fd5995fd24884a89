package payments.dr.operations.drill;

import java.util.Optional;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.LocalAwsApi;
import payments.dr.operations.console.BadInputException;

/** Finds the local AWS of an environment, in which databases answer and payments flow. */
final class DataPlane {

  private DataPlane() {}

  /**
   * Returns the local AWS; empty where the environment is on AWS itself.
   *
   * @throws BadInputException when it carries no traffic
   */
  static Optional<LocalAwsApi> of(AwsAccess aws) {
    Optional<LocalAwsApi> local = aws.endpoint().map(LocalAwsApi::new);
    local.ifPresent(DataPlane::check);
    return local;
  }

  private static void check(LocalAwsApi api) {
    String dataPlane = api.get("status").path("dataPlane").asText();
    if (!dataPlane.equals("on")) {
      throw new BadInputException(
          "local AWS must run with its data plane, got \"%s\": make drill and make sandbox start it so"
              .formatted(dataPlane));
    }
  }
}
