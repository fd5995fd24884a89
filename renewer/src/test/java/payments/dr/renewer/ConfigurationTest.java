package payments.dr.renewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.renewer.Configuration.Register;

class ConfigurationTest {

  private static final Map<String, String> WHOLE =
      Map.of(
          "ENVIRONMENT", "prod",
          "AWS_REGION", "us-east-1",
          "DATABASES_PARAMETER", "/payments/prod/lease-databases",
          "OWN_REGISTER", "us-east-1/primary-ledger-prod",
          "OTHER_REGISTER", "us-east-2/dr-ledger-prod",
          "WITNESS_REGISTER", "us-west-2/witness-ledger-prod");

  @Test
  void it_is_read_of_variables() {
    assertEquals(
        new Configuration(
            "prod",
            "us-east-1",
            List.of(
                new Register("us-east-1", "primary-ledger-prod"),
                new Register("us-east-2", "dr-ledger-prod"),
                new Register("us-west-2", "witness-ledger-prod")),
            "/payments/prod/lease-databases",
            Optional.empty()),
        Configuration.of(WHOLE));
  }

  @Test
  void certificates_of_a_file_take_the_place_of_the_roots() {
    Map<String, String> variables = new TreeMap<>(WHOLE);
    variables.put("PGSSLROOTCERT", "/etc/roots.pem");

    assertEquals(Optional.of("/etc/roots.pem"), Configuration.of(variables).rootCertificates());
  }

  @Test
  void all_that_is_missing_is_told_at_once() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Configuration.of(Map.of()));

    assertEquals(
        "environment variables of the lease renewer: ENVIRONMENT must be set, got nothing;"
            + " AWS_REGION must be set, got nothing; DATABASES_PARAMETER must be set, got nothing;"
            + " OWN_REGISTER must be <region>/<table>, got \"\";"
            + " OTHER_REGISTER must be <region>/<table>, got \"\";"
            + " WITNESS_REGISTER must be <region>/<table>, got \"\"",
        refused.getMessage());
  }

  @Test
  void databases_are_read_of_the_parameter() {
    assertEquals(
        List.of(
            new Database("v1", "a.example.com", 5432, "paymentsdb"),
            new Database("v2", "b.example.com", 6432, "payments")),
        Database.parse("v1=a.example.com:5432/paymentsdb v2=b.example.com:6432/payments"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v1=a.example.com", "v1=a.example.com:5432", "v1=a b:1/c"})
  void anything_else_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Database.parse(text));
  }
}
