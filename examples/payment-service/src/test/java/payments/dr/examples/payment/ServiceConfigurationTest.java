package payments.dr.examples.payment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceConfigurationTest {

  private static final Map<String, String> VARIABLES =
      Map.of("AWS_REGION", "us-east-1", "PGSSLROOTCERT", "/etc/bundle.pem");

  @Test
  void the_port_is_the_fleets_unless_it_is_given() {
    assertEquals(
        new ServiceConfiguration("prod", 80, "us-east-1", "/etc/bundle.pem"),
        of(VARIABLES, "prod"));
    assertEquals(8080, of(with("PORT", "8080"), "prod").port());
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    assertRefused(
        "usage: java -jar payment-service.jar ENVIRONMENT (such as prod), got \"\"", VARIABLES);
    assertRefused(
        "usage: java -jar payment-service.jar ENVIRONMENT (such as prod), got \"../x\"",
        VARIABLES,
        "../x");
    assertRefused(
        "environment variable AWS_REGION must be the Region in which this runs, such as us-east-1,"
            + " got \"\"",
        with("AWS_REGION", ""),
        "prod");
    assertRefused(
        "environment variable PGSSLROOTCERT must be a file with root certificates, such as"
            + " global-bundle.pem of Amazon RDS, got \"\"",
        with("PGSSLROOTCERT", ""),
        "prod");
    assertRefused(
        "environment variable PORT must be 0 to 65535, got \"65536\"",
        with("PORT", "65536"),
        "prod");
  }

  private static void assertRefused(
      String message, Map<String, String> variables, String... arguments) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> of(variables, arguments)).getMessage());
  }

  private static ServiceConfiguration of(Map<String, String> variables, String... arguments) {
    return ServiceConfiguration.of(arguments, variables);
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> changed = new HashMap<>(VARIABLES);
    changed.put(name, value);
    return changed;
  }
}
