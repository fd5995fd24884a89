package payments.dr.configuration.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.region.RegionRole;

class ResourceNamesTest {

  private static final ResourceNames NAMES = new ResourceNames("dev", "acme");
  private static final String LONGEST = "abcdefghij-123456789";

  @Test
  void names_say_role_resource_and_environment() {
    assertEquals("primary-vpc-dev", NAMES.regional(RegionRole.PRIMARY, "vpc"));
    assertEquals("dr-alb-dev", NAMES.regional(RegionRole.DR, "alb"));
    assertEquals("global-db-dev", NAMES.global("global-db"));
    assertEquals("/payments/dev/primary/flow-logs", NAMES.path("primary/flow-logs"));
  }

  @Test
  void bucket_names_begin_with_the_prefix_if_there_is_one() {
    assertEquals("acme-dr-metrics-dev", NAMES.bucket(RegionRole.DR, "metrics"));
    assertEquals(
        "dr-metrics-local", new ResourceNames("local", "").bucket(RegionRole.DR, "metrics"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"alb", "tg"})
  void longest_environment_leaves_load_balancer_names_within_32_characters(String resource) {
    String name = new ResourceNames(LONGEST, "").regional(RegionRole.PRIMARY, resource);

    assertEquals(20, LONGEST.length());
    assertTrue(name.length() <= 32, name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Dev", "1dev", "dev_1", "dev--1", "dev-", "abcdefghij-1234567890", "dev\n"})
  void environment_that_some_service_would_refuse_is_refused(String environment) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> new ResourceNames(environment, "acme"));

    assertEquals(
        "environment must be 1 to 20 lower-case letters, digits and single hyphens, a letter"
            + " first, got \""
            + environment
            + "\"",
        refused.getMessage());
  }
}
