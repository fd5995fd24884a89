package payments.dr.operations.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A command that a test watches, and kills as a power cut would. */
record RunningCommand(Process process, Path output) {

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

  void waitFor(String text, Duration limit) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(limit);
    while (!Files.readString(output).contains(text)) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        throw new AssertionError("expected \"" + text + "\" in\n" + Files.readString(output));
      }
      Thread.sleep(20);
    }
  }

  void kill() throws InterruptedException {
    // From the top, or a parent would see its child die and end in order; listed before, since the
    // children of the dead are nobody's.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor();
  }
}
