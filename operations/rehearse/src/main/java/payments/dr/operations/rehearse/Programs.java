package payments.dr.operations.rehearse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import payments.dr.operations.console.CommandFailedException;

/**
 * Runs the project's own commands, as an operator would type them. An interrupt reaches them too:
 * this program does not end before the one that runs has ended in order.
 */
final class Programs {

  /** What `make` hands down to whatever it starts: the commands are asked for anew. */
  private static final Set<String> OF_MAKE =
      Set.of("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "ENV", "CLEAN");

  private final Path root;
  private boolean stopping;
  private Process running;

  Programs(Path root) {
    this.root = root;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "programs"));
  }

  /**
   * Runs a command; the user sees what it says.
   *
   * @throws CommandFailedException when it ends with another status than 0
   */
  void run(String... command) {
    require(end(start(Redirect.INHERIT, "", command)), command);
  }

  /** Runs a command; the user sees what it says. Returns whether it ended with status 0. */
  boolean succeed(String... command) {
    return end(start(Redirect.INHERIT, "", command)) == 0;
  }

  /** Runs a command that has a name typed before it changes anything. */
  void confirmed(String name, String... command) {
    require(end(start(Redirect.INHERIT, name + "\n", command)), command);
  }

  /** Returns what a command printed, whatever its status. */
  String ask(String... command) {
    Process process = start(Redirect.PIPE, "", command);
    try {
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      end(process);
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private synchronized Process start(Redirect output, String typed, String... command) {
    if (stopping) {
      throw new CommandFailedException("interrupted before " + String.join(" ", command));
    }
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command))
            .directory(root.toFile())
            .redirectOutput(output)
            .redirectError(Redirect.INHERIT);
    builder.environment().keySet().removeAll(OF_MAKE);
    try {
      running = builder.start();
      try (var input = running.getOutputStream()) {
        input.write(typed.getBytes(StandardCharsets.UTF_8));
      }
      return running;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int end(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a command runs", e);
    }
  }

  private static void require(int status, String... command) {
    if (status != 0) {
      throw new CommandFailedException(
          "%s must end with status 0, got %d".formatted(String.join(" ", command), status));
    }
  }

  private void stop() {
    Process last;
    synchronized (this) {
      stopping = true;
      last = running;
    }
    if (last != null) {
      end(last);
    }
  }
}
