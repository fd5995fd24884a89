package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.Shell;
import payments.dr.testing.StandIns;

/** {@code scripts/sandbox}, with stand-ins for what takes minutes. */
class SandboxScriptTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String BEGINNING = "check-tools local drill\n";
  private static final String BUILDING = BEGINNING + "with-data-plane\n" + BEGINNING;

  @TempDir Path folder;

  private StandIns project;
  private Shell shell;
  private int port;

  @BeforeEach
  void prepare() throws IOException {
    project = new StandIns(folder);
    project.scripts("sandbox");
    project.program("scripts/check-tools", "echo \"check-tools $*\" >> \"$CALLS\"");
    project.program(
        "scripts/with-data-plane",
        "echo with-data-plane >> \"$CALLS\"\nexport LOCAL_AWS_DATA_PLANE=on\nexec \"$@\"");
    // Runs from its start on; a start empties the run folder.
    project.program(
        "emulator/local-aws",
        """
        [ "$1" = endpoint ] || echo "local-aws $*" >> "$CALLS"
        case $1 in
        endpoint) [ -f .local-aws/endpoint ] ;;
        start) [ -f .local-aws/endpoint -a ! -f .local-aws/killed ] || { rm -rf .local-aws; mkdir .local-aws; : > .local-aws/endpoint; } ;;
        esac
        """);
    project.program("bin/make", "echo \"make $*\" >> \"$CALLS\"\neval \"${MAKE_DOES:-:}\"");
    project.program("dr", "echo \"dr $*\" >> \"$CALLS\"");
    shell = project.shell();
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
  }

  @Test
  void deploys_and_then_lives() throws IOException {
    sandbox().expect(0);

    assertEquals(
        BUILDING
            + """
            local-aws start
            make deploy ENV=local
            dr database init local
            local-aws repair-all
            dr sandbox run local --port %d
            """
                .formatted(port),
        project.calls());
  }

  @Test
  void what_is_deployed_goes_on_at_once_with_nothing_broken() throws IOException {
    sandbox().expect(0);
    Files.delete(folder.resolve("calls"));

    sandbox().expect(0);

    assertEquals(
        BUILDING
            + "local-aws start\nlocal-aws repair-all\ndr sandbox run local --port %d\n"
                .formatted(port),
        project.calls());
  }

  @Test
  void deployment_that_was_interrupted_goes_on() throws IOException {
    Shell.Result interrupted =
        shell
            .with("MAKE_DOES", "kill -INT $PPID; exit 130")
            .sh(LIMIT, "env --default-signal=INT scripts/sandbox " + port)
            .expect(130);
    assertEquals(
        "sandbox: interrupted; make sandbox goes on, make destroy ends it\n", interrupted.err());

    sandbox().expect(0);

    assertTrue(project.calls().endsWith("dr sandbox run local --port %d\n".formatted(port)));
    assertEquals(2, project.calls().split("make deploy", -1).length - 1);
  }

  /** The local AWS begins anew then, and holds nothing. */
  @Test
  void deployment_that_was_killed_is_made_again() throws IOException {
    sandbox().expect(0);
    Files.createFile(folder.resolve(".local-aws/killed"));

    sandbox().expect(0);

    assertEquals(2, project.calls().split("make deploy", -1).length - 1);
  }

  @Test
  void second_one_is_refused_with_the_page_of_the_first() throws IOException {
    shell.sh(LIMIT, "emulator/local-aws start").expect(0);
    sandboxRuns();

    assertEquals(
        "sandbox: one runs already, see http://127.0.0.1:8600/; make destroy ends it\n",
        sandbox().expect(1).err());
  }

  @Test
  void deployment_that_is_no_sandbox_is_left_alone() throws IOException {
    shell.sh(LIMIT, "emulator/local-aws start").expect(0);

    assertEquals(
        "sandbox: a local AWS runs already, and is no sandbox; make destroy ends it\n",
        sandbox().expect(1).err());
  }

  @Test
  void taken_port_is_told_before_anything_is_built() throws IOException {
    try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(
          "sandbox: PORT must be a free one on 127.0.0.1, got %d, which another program has: make sandbox PORT=%d\n"
              .formatted(taken.getLocalPort(), port + 1),
          sandbox().expect(1).err());
    }
    assertEquals(BEGINNING, project.calls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"eighty", "0", "80", "08600", "65536", "99999999999999999999", "-1"})
  void port_is_one_that_a_person_may_take(String wrong) throws IOException {
    assertEquals(
        "sandbox: PORT must be 1024 to 65535, got \"%s\"\n".formatted(wrong),
        shell.sh(LIMIT, "scripts/sandbox " + wrong).expect(1).err());
    assertEquals("", project.calls());
  }

  @Test
  void destroying_it_says_what_goes_and_asks_terraform_nothing() throws IOException {
    Files.copy(ProjectCopy.PROJECT.resolve("Makefile"), folder.resolve("Makefile"));
    Files.delete(folder.resolve("bin/make"));
    sandboxRuns();

    Shell.Result ended = shell.sh(LIMIT, "make destroy").expect(0);

    assertTrue(
        ended.out().contains("The sandbox ends, with its databases and its Terraform state."),
        ended.out());
    assertEquals("local-aws stop\n", project.calls());
    assertFalse(Files.exists(folder.resolve(".local-aws/sandbox")));
  }

  /** As without PostgreSQL: `scripts/check-tools` has named it. */
  @Test
  void missing_tool_ends_it_before_anything_is_built() throws IOException {
    project.program("scripts/check-tools", "echo 'PostgreSQL server: required' >&2\nexit 1");

    assertEquals("PostgreSQL server: required\n", sandbox().expect(1).err());

    assertEquals("", project.calls());
  }

  private void sandboxRuns() throws IOException {
    Files.createDirectories(folder.resolve(".local-aws"));
    Files.writeString(
        folder.resolve(".local-aws/sandbox"),
        ProcessHandle.current().pid() + " http://127.0.0.1:8600/ deployed\n");
  }

  private Shell.Result sandbox() {
    return shell.sh(LIMIT, "scripts/sandbox " + port);
  }
}
