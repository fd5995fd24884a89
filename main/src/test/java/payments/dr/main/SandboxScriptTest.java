package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        start) [ -f .local-aws/endpoint ] || { rm -rf .local-aws; mkdir .local-aws; : > .local-aws/endpoint; } ;;
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

  @Test
  void second_one_is_refused_with_the_page_of_the_first() throws IOException {
    sandbox().expect(0);
    Files.writeString(
        folder.resolve(".local-aws/sandbox"),
        ProcessHandle.current().pid() + " http://127.0.0.1:8600/ deployed\n");

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

  @Test
  void port_is_a_number() {
    assertEquals(
        "sandbox: PORT must be a number, got \"eighty\"\n",
        shell.sh(LIMIT, "scripts/sandbox eighty").expect(1).err());
  }

  /** As without PostgreSQL: `scripts/check-tools` has named it. */
  @Test
  void missing_tool_ends_it_before_anything_is_built() throws IOException {
    project.program("scripts/check-tools", "echo 'PostgreSQL server: required' >&2\nexit 1");

    assertEquals("PostgreSQL server: required\n", sandbox().expect(1).err());

    assertEquals("", project.calls());
  }

  private Shell.Result sandbox() {
    return shell.sh(LIMIT, "scripts/sandbox " + port);
  }
}
