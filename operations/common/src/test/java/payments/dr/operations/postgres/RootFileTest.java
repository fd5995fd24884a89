package payments.dr.operations.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.postgres.testing.Environments;

class RootFileTest {

  private static final String HOST = "writer.cluster-abc.eu-west-1.rds.amazonaws.com";

  @Test
  void a_cluster_of_aurora_is_verified_by_the_roots_that_the_function_trusts() throws IOException {
    String file = RootFile.ofHost(HOST).orElseThrow();

    assertEquals(DatabaseRoots.of("eu-west-1").pem(), Files.readString(Path.of(file)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "db.example.com", "rds.amazonaws.com.example.com"})
  void other_names_have_no_file(String host) {
    assertEquals(Optional.empty(), RootFile.ofHost(host));
  }

  @Test
  void a_region_without_roots_is_told_with_the_way_out() {
    assertEquals(
        "Region of the databases must be one whose roots of Amazon RDS stand in the jar, such as"
            + " us-east-1, got \"il-central-1\"; sslrootcert in libpq's service file may name a"
            + " file with them",
        assertThrows(
                BadInputException.class,
                () -> RootFile.ofHost("writer.cluster-abc.il-central-1.rds.amazonaws.com"))
            .getMessage());
  }

  @Test
  void an_entry_of_a_service_file_says_its_own_roots_or_has_its_regions() throws IOException {
    assertEquals(
        Optional.of("/etc/roots.pem"),
        roots(Map.of("host", HOST, "sslrootcert", "/etc/roots.pem")));
    assertEquals(
        DatabaseRoots.of("eu-west-1").pem(),
        Files.readString(Path.of(roots(Map.of("host", HOST)).orElseThrow())));
    assertEquals(Optional.empty(), roots(Map.of("host", "db.example.com")));
  }

  private static Optional<String> roots(Map<String, String> entry) {
    return ServiceEntry.of(
            "payments-local-v1",
            entry,
            Environments.local().config().databases().of(DatabaseGeneration.V1))
        .address()
        .rootCertificate();
  }
}
