package payments.dr.operations.postgres.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs commands that make servers; a command that fails fails the test with what it said. */
final class Run {

  /** PostgreSQL refuses to run as root: then it runs as nobody. */
  private static final int NOBODY = 65534;

  private Run() {}

  static void asMyself(String... command) {
    List<String> words = List.of(command);
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(words + " ended with " + status + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot run " + words + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + words, e);
    }
  }

  static void asServer(List<String> command) {
    asMyself(serverCommand(command).toArray(String[]::new));
  }

  /** The command as the user that servers run as. */
  static List<String> serverCommand(List<String> command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.add("setpriv");
      words.add("--reuid=" + NOBODY);
      words.add("--regid=" + NOBODY);
      words.add("--clear-groups");
    }
    words.addAll(command);
    return words;
  }

  /** Gives a file or folder to the user that servers run as. */
  static void giveToServer(String path) {
    if (isRoot()) {
      asMyself("chown", "-R", NOBODY + ":" + NOBODY, path);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }
}
