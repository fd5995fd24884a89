package payments.dr.examples.payment;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the service is started with; everything else is in the pointer.
 *
 * @param environment such as {@code prod}, part of the pointer's name
 * @param port to listen on
 * @param region in which this runs
 * @param rootCertificate file with the certificates that a database's may lead to
 */
record ServiceConfiguration(String environment, int port, String region, String rootCertificate) {

  private static final Pattern ENVIRONMENT = Pattern.compile("[a-z][a-z0-9-]{0,19}");

  /** Where the fleet's load balancer expects it. */
  private static final String PORT = "80";

  /**
   * @param variables {@code PORT} (default {@value #PORT}), {@code AWS_REGION}, {@code
   *     PGSSLROOTCERT}; the AWS SDK heeds {@code AWS_ENDPOINT_URL} by itself
   * @throws IllegalArgumentException when something is missing or no such value
   */
  static ServiceConfiguration of(String[] arguments, Map<String, String> variables) {
    if (arguments.length != 1 || !ENVIRONMENT.matcher(arguments[0]).matches()) {
      throw new IllegalArgumentException(
          "usage: java -jar payment-service.jar ENVIRONMENT (such as prod), got \"%s\""
              .formatted(String.join(" ", arguments)));
    }
    return new ServiceConfiguration(
        arguments[0],
        port(variables.getOrDefault("PORT", PORT)),
        required(variables, "AWS_REGION", "the Region in which this runs, such as us-east-1"),
        required(
            variables,
            "PGSSLROOTCERT",
            "a file with root certificates, such as global-bundle.pem of Amazon RDS"));
  }

  private static int port(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException(
          "environment variable PORT must be 0 to 65535, got \"" + value + "\"");
    }
    return Integer.parseInt(value);
  }

  private static String required(Map<String, String> variables, String name, String meaning) {
    String value = variables.getOrDefault(name, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(
          "environment variable %s must be %s, got \"%s\"".formatted(name, meaning, value));
    }
    return value;
  }
}
