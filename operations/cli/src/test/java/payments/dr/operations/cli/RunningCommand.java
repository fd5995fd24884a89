package payments.dr.operations.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command that a test watches, and interrupts, or kills as a power cut would. */
record RunningCommand(Process process, Path output) {

  /** Something that becomes true while a command runs. */
  @FunctionalInterface
  interface Condition {

    boolean holds() throws IOException;
  }

  /** Its standard input stays open and silent: a question waits for ever. */
  static RunningCommand start(Path folder, Map<String, String> environment, String line)
      throws IOException {
    Path output = Files.createTempFile("output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("sh", "-c", line))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new RunningCommand(builder.start(), output);
  }

  /** On a terminal of its own. */
  static RunningCommand onTerminal(Path folder, Map<String, String> environment, String line)
      throws IOException {
    // Whoever runs the tests may ignore interrupts, which children inherit. Without the second exec
    // the status would be that of a shell, and some shells end with 130 whatever the command does.
    return start(
        folder,
        environment,
        "exec env --default-signal=INT script --quiet --flush --return --command 'exec %s' /dev/null"
            .formatted(line));
  }

  /** Returns at once when the command has said it, to meet it there. */
  void waitFor(String text, Duration limit) throws IOException, InterruptedException {
    waitUntil(
        "\"" + text + "\" in its output",
        () -> said().contains(text),
        limit,
        Duration.ofMillis(20));
  }

  /** Looks four times a second: a whole state may be read, or AWS asked. */
  void waitUntil(String what, Condition condition, Duration limit)
      throws IOException, InterruptedException {
    waitUntil(what, condition, limit, Duration.ofMillis(250));
  }

  /** Fails when the command ends before that. */
  private void waitUntil(String what, Condition condition, Duration limit, Duration pause)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!condition.holds()) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        throw new AssertionError("expected " + what + ", got\n" + said());
      }
      Thread.sleep(pause.toMillis());
    }
  }

  String said() throws IOException {
    return Files.readString(output);
  }

  /** Presses Ctrl-C: the terminal interrupts every process in its foreground. */
  void interrupt() throws IOException {
    process.getOutputStream().write(3);
    process.getOutputStream().flush();
  }

  /** Its exit status. */
  int end(Duration limit) throws IOException, InterruptedException {
    if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError("expected an end within " + limit + ", got\n" + said());
    }
    return process.exitValue();
  }

  /** As a power cut does: no process sees another one end, or its standard input close. */
  void kill() throws IOException, InterruptedException {
    // Listed before: the children of the dead are nobody's. Stopped before the first one dies: a
    // terraform that reads the end of its input gives up in order, and releases its lock.
    String all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())
            .map(handle -> Long.toString(handle.pid()))
            .collect(Collectors.joining(" "));
    new ProcessBuilder("sh", "-c", "kill -STOP %s; kill -KILL %s".formatted(all, all))
        .start()
        .waitFor();
    process.waitFor();
  }
}
