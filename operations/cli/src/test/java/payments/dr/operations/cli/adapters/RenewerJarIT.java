package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.testing.ProjectCopy;

/** The jar that instances of the fleet run to renew the lease. */
class RenewerJarIT {

  private static final Path JAR = ProjectCopy.PROJECT.resolve("renewer/target/lease-renewer.jar");

  @TempDir Path home;

  @Test
  void it_holds_the_roots_of_the_databases_and_both_services_of_its_libraries() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      for (String file :
          List.of(
              "payments/dr/renewer/roots/us-east-1.pem",
              "payments/dr/renewer/roots/us-east-2.pem",
              "payments/dr/renewer/roots/LICENSE",
              "META-INF/services/java.sql.Driver",
              "META-INF/services/software.amazon.awssdk.http.SdkHttpService")) {
        assertTrue(jar.getEntry(file) != null, file);
      }
    }
  }

  @Test
  void without_its_variables_it_says_all_that_it_misses() throws Exception {
    Process program = start(Map.of());

    assertTrue(program.waitFor(30, TimeUnit.SECONDS));
    assertEquals(2, program.exitValue());
    assertTrue(said().contains("WITNESS_REGISTER must be <region>/<table>, got \"\""), said());
  }

  /** As where nothing answers; ended by systemd, it leaves what was renewed. */
  @Test
  void it_goes_on_where_nothing_answers_and_ends_when_it_is_told_to() throws Exception {
    Process program =
        start(
            Map.of(
                "ENVIRONMENT", "it",
                "AWS_REGION", "us-east-1",
                "DATABASES_PARAMETER", "/payments/it/lease-databases",
                "OWN_REGISTER", "us-east-1/primary-ledger-it",
                "OTHER_REGISTER", "us-east-2/dr-ledger-it",
                "WITNESS_REGISTER", "us-west-2/witness-ledger-it",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:9",
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "local"));
    try {
      long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (!said().contains("no database to open") && System.nanoTime() < limit) {
        Thread.sleep(100);
      }
      assertTrue(said().contains("\"event\":\"lease\",\"state\":\"no database to open\""), said());
      assertTrue(program.isAlive());

      program.destroy();
      assertTrue(program.waitFor(10, TimeUnit.SECONDS));
      assertEquals(143, program.exitValue());
      assertTrue(said().contains("what was renewed runs out"), said());
    } finally {
      program.destroyForcibly();
    }
  }

  private Process start(Map<String, String> variables) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-jar",
            JAR.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(variables);
    return builder.redirectErrorStream(true).redirectOutput(home.resolve("log").toFile()).start();
  }

  private String said() throws IOException {
    return Files.readString(home.resolve("log"), StandardCharsets.UTF_8);
  }
}
