package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.Shell;

/** What {@code make dist} packs, without checkout, Maven, Node, Terraform, and network. */
class PackedCommandIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @TempDir static Path folder;
  private static PackedCommand command;

  @BeforeAll
  static void unpack() throws IOException {
    command = PackedCommand.unpack(folder);
  }

  @Test
  void it_reads_the_environments_beside_it() {
    String budget = command.shell().sh(LIMIT, "./dr recovery-budget prod").expect(0).out();

    assertTrue(budget.contains("prod"), budget);
    assertTrue(Files.exists(command.root().resolve("lib/dr.jsa")), "its classes are archived");
  }

  @Test
  void a_link_to_it_may_stand_on_the_path() throws IOException {
    Files.createSymbolicLink(command.programs().resolve("dr"), command.root().resolve("dr"));

    command.shell().sh(LIMIT, "cd / && dr recovery-budget prod").expect(0);
  }

  @Test
  void it_holds_the_pages() {
    assertTrue(Files.exists(command.root().resolve("README.md")));
    assertTrue(Files.exists(command.root().resolve("docs/adr/0004-traffic-latch.md")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "drill local --scenario region-lost",
        "rehearse dev",
        "state unlock payments-dr-prod",
        "status local"
      })
  void what_needs_a_checkout_says_so(String arguments) {
    String said = command.shell().sh(LIMIT, "./dr " + arguments).expect(1).err();

    assertTrue(said.contains("must run in a checkout of the project"), said);
    assertTrue(said.contains(command.root() + " is what `make dist` packed"), said);
  }

  @Test
  void without_java_it_says_what_is_missing() throws IOException {
    Path programs = Files.createDirectories(folder.resolve("no java"));
    for (String program : new String[] {"sh", "dirname"}) {
      Files.createSymbolicLink(
          programs.resolve(program), command.programs().resolve(program).toRealPath());
    }

    Shell.Result said =
        new Shell(command.root(), Map.of("PATH", programs.toString()))
            .sh(LIMIT, "./dr status prod")
            .expect(1);

    assertEquals(
        "dr: Java must be on the PATH in version 17 or newer, found none; see https://adoptium.net\n",
        said.err());
  }
}
