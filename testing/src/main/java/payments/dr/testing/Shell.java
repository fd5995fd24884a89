package payments.dr.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs commands in a folder, and fails with what they printed. */
public final class Shell {

  private final Path folder;
  private final Map<String, String> environment;

  public Shell(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** What a command said and how it ended. */
  public record Result(int status, String out, String err) {

    public Result expect(int expected) {
      if (status != expected) {
        throw new AssertionError(
            "expected exit status " + expected + ", got " + status + "\n" + tail(out) + tail(err));
      }
      return this;
    }

    private static String tail(String text) {
      return text.length() > 8000 ? "..." + text.substring(text.length() - 8000) : text;
    }
  }

  public Shell with(String variable, String value) {
    Map<String, String> added = new HashMap<>(environment);
    added.put(variable, value);
    return new Shell(folder, added);
  }

  /** Runs one line of {@code sh}. */
  public Result sh(Duration limit, String line) {
    return run(limit, List.of("sh", "-c", line));
  }

  public Result run(Duration limit, List<String> command) {
    try {
      Path out = Files.createTempFile("out", ".txt");
      Path err = Files.createTempFile("err", ".txt");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroy);
          process.destroy();
          throw new AssertionError(
              command
                  + " took more than "
                  + limit
                  + "\n"
                  + Files.readString(out)
                  + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while running " + command, e);
    }
  }
}
