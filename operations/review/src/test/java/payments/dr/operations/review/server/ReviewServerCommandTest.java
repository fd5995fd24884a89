package payments.dr.operations.review.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import payments.dr.operations.commandline.SomeCommands;
import payments.dr.testing.ProjectCopy;

/** What is told before anything listens; that it listens and ends is in ReviewCommandIT. */
class ReviewServerCommandTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--hcp-host, https://app.terraform.io",
    "--hcp-host, app.terraform.io/api",
    "--hcp-host, someone@app.terraform.io",
    "--hcp-host, 1.2.3",
    "--hcp-host, a..b",
    "--download-host, ''"
  })
  void host_is_a_name_and_nothing_else(String option, String host) throws IOException {
    assertEquals(
        "dr: %s must be a host such as app.terraform.io, got \"%s\"\n".formatted(option, host),
        refusal(option, host));
  }

  @Test
  void port_that_is_taken_is_told_in_one_line() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String said = refusal("--port", "" + taken.getLocalPort());

      assertTrue(said.startsWith("dr: --listen and --port must be"), said);
      assertEquals(1, said.lines().count());
    }
  }

  @ParameterizedTest
  @CsvSource({"--port, 70000", "--port, -1", "--listen, no.such.host.invalid"})
  void address_that_there_is_not_is_told_in_one_line(String option, String value)
      throws IOException {
    String said = refusal(option, value);

    assertTrue(said.startsWith("dr: --listen and --port must be"), said);
    assertEquals(1, said.lines().count());
  }

  private String refusal(String... options) throws IOException {
    Path key = Files.writeString(folder.resolve("key"), SharedKeyTest.TEXT);
    System.setProperty("payments.dr.root", ProjectCopy.PROJECT.toString());
    StringWriter err = new StringWriter();
    String[] words = new String[options.length + 3];
    words[0] = "review-server";
    words[1] = "--hmac-key-file";
    words[2] = key.toString();
    System.arraycopy(options, 0, words, 3, options.length);
    assertEquals(
        1, SomeCommands.of(new ReviewServerCommand()).setErr(new PrintWriter(err)).execute(words));
    return err.toString();
  }
}
