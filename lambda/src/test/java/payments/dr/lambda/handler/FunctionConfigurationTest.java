package payments.dr.lambda.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.lambda.aws.DatabaseAddress;
import payments.dr.lambda.model.Mode;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;

class FunctionConfigurationTest {

  private final Map<String, String> variables = new TreeMap<>(TestVariables.DR);

  @Test
  void everything_is_read() {
    FunctionConfiguration read = FunctionConfiguration.of(variables);

    assertEquals("prod", read.environment());
    assertEquals(Site.DR, read.standsIn());
    assertEquals(new PerRegion<>("us-east-1", "us-east-2"), read.regions());
    assertEquals(new PerRegion<>("primary-ledger-prod", "dr-ledger-prod"), read.ledgers());
    assertEquals(
        Map.of("v1", "global-db-prod", "v2", "global-db-v2-prod"),
        read.databases().globalClusters());
    assertEquals(
        new DatabaseAddress("reader2.example.com", 6432, "paymentsdb"),
        read.databases().readers().get("v2"));
    assertEquals(Optional.empty(), read.databases().additionalRoots());
    assertEquals(List.of("ns-1.example.com", "ns-2.example.net"), read.traffic().nameServers());
    assertEquals(
        URI.create("https://dr.example.com/healthz/payments"), read.traffic().probes().dr());
    assertEquals(2, read.fleet().servingMinimum());
    assertEquals("dr-audit-prod", read.auditBucket());
    assertEquals(LeaseGrade.BEST_EFFORT, read.lease().grade());
  }

  @Test
  void roots_of_a_local_aws_are_a_file() {
    variables.put("ADDITIONAL_DATABASE_ROOTS", "/etc/roots.pem");

    assertEquals(
        Optional.of(Path.of("/etc/roots.pem")),
        FunctionConfiguration.of(variables).databases().additionalRoots());
  }

  @Test
  void first_and_last_port_are_allowed() {
    variables.put("DATABASE_PORT", "v1=1,v2=65535");

    Map<String, DatabaseAddress> readers =
        FunctionConfiguration.of(variables).databases().readers();

    assertEquals(1, readers.get("v1").port());
    assertEquals(65535, readers.get("v2").port());
  }

  @Test
  void policy_has_the_settings_figures_and_else_the_recommended_ones() {
    Policy policy = FunctionConfiguration.of(variables).policy();

    assertEquals(Mode.AUTO, policy.mode());
    assertEquals(Duration.ofSeconds(21), policy.shortestDetection());
    assertEquals(Duration.ofSeconds(26), policy.confirm());
    assertEquals(Duration.ofSeconds(1801), policy.coolDown());
    assertEquals(Duration.ofSeconds(601), policy.stableBeforeFailback());
    assertEquals(Duration.ofSeconds(61), policy.lossTarget());
    assertEquals(
        Policy.recommended("prod", Mode.AUTO).promotionTimeout(), policy.promotionTimeout());
  }

  @Test
  void the_twin_in_the_primary_region_starts_nothing_by_itself() {
    variables.put("REGION_ROLE", "primary");

    assertEquals(Mode.OBSERVE, FunctionConfiguration.of(variables).policy().mode());
  }

  @Test
  void every_missing_variable_is_told_at_once() {
    String told = faults(Map.of());

    for (String name : variables.keySet()) {
      assertEquals(1, told.lines().filter(line -> line.startsWith(name + " must ")).count(), name);
    }
    assertEquals(1 + variables.size(), told.lines().count(), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXTERNAL_RECORD|' '|EXTERNAL_RECORD must be set, got nothing",
        "MODE|auto|MODE must be one of AUTO, APPROVAL, OBSERVE, got \"auto\"",
        "REGION_ROLE|secondary|REGION_ROLE must be one of primary, dr, got \"secondary\"",
        "DATABASE_PORT|v1=1,v2=70000|DATABASE_PORT must be a port from 1 to 65535, got \"70000\"",
        "SERVING_MINIMUM|0|SERVING_MINIMUM must be a whole number of at least 1, got \"0\"",
        "CONFIRM_SECONDS|-1|CONFIRM_SECONDS must be a whole number of at least 0, got \"-1\"",
        "DR_PROBE_URL|ftp://a/b|DR_PROBE_URL must be a URL that starts with https:// or http://,"
            + " got \"ftp://a/b\"",
        "ZONE_NAME_SERVERS|a,,b|ZONE_NAME_SERVERS must be one or more host or host:port, separated"
            + " by commas, got \"a,,b\"",
        "GLOBAL_CLUSTERS|v1=a,v1=b|GLOBAL_CLUSTERS must be generation=value, separated by commas,"
            + " each generation once, got \"v1=a,v1=b\"",
        "DATABASE_HOSTS|v1=a|DATABASE_HOSTS must name the generations of GLOBAL_CLUSTERS"
            + " (v1, v2), got (v1)",
      })
  void a_bad_value_is_told_with_what_is_allowed(String name, String value, String wanted) {
    variables.put(name, value);

    assertEquals(
        List.of("environment variables of the function have 1 faults:", wanted),
        faults(variables).lines().toList());
  }

  private static String faults(Map<String, String> given) {
    return assertThrows(IllegalArgumentException.class, () -> FunctionConfiguration.of(given))
        .getMessage();
  }

  @Test
  void only_the_lease_by_majority_needs_a_witness() {
    assertEquals(
        new FunctionConfiguration.Lease(LeaseGrade.BEST_EFFORT, Optional.empty()),
        FunctionConfiguration.of(TestVariables.with(Map.of("LEASE_GRADE", "best-effort"))).lease());
    Map<String, String> alone = TestVariables.with(Map.of("LEASE_GRADE", "majority"));
    String faults =
        assertThrows(IllegalArgumentException.class, () -> FunctionConfiguration.of(alone))
            .getMessage();
    assertTrue(faults.contains("WITNESS_REGION must be set, got nothing"), faults);
    assertTrue(faults.contains("WITNESS_TABLE must be set, got nothing"), faults);
    Map<String, String> wrong = TestVariables.with(Map.of("LEASE_GRADE", "most"));
    faults =
        assertThrows(IllegalArgumentException.class, () -> FunctionConfiguration.of(wrong))
            .getMessage();
    assertTrue(
        faults.contains("LEASE_GRADE must be one of none, best-effort, majority, got \"most\""),
        faults);
  }
}
