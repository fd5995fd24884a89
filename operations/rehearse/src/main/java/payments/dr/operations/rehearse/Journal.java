package payments.dr.operations.rehearse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.console.Project;

/**
 * Which steps of a rehearsal are finished: a file with a line for each, such as {@code
 * 2026-12-31T10:00:00Z deploy}, that a killed program leaves as true as one that ended. The first
 * line says when it began.
 *
 * @param file in a folder that is the rehearsal's alone
 */
record Journal(Path file, InstantSource clock) {

  private static final String BEGAN = "began";

  /** Of an environment, on this machine. */
  static Journal of(Project project, Environment environment, InstantSource clock) {
    return new Journal(
        project.root().resolve(".rehearsal").resolve(environment.name()).resolve("journal"), clock);
  }

  /** Of the rehearsal that goes on; empty when none has begun. */
  Optional<Instant> began() {
    return lines().stream()
        .filter(line -> line.endsWith(" " + BEGAN))
        .findFirst()
        .map(line -> Instant.parse(line.split(" ")[0]));
  }

  /** Notes that a rehearsal begins, unless it goes on. */
  Instant begin() {
    if (began().isEmpty()) {
      note(BEGAN);
    }
    return began().orElseThrow();
  }

  boolean isDone(String step) {
    return lines().stream().anyMatch(line -> line.endsWith(" " + step));
  }

  void done(String step) {
    note(step);
  }

  /** Ends the rehearsal: the next one begins with its first step. */
  void end() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whole lines only: of a line that was cut off, nobody knows what it said. */
  private List<String> lines() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      return Stream.of(text.substring(0, text.lastIndexOf('\n') + 1).split("\n"))
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Begins with the end of a line that was cut off. */
  private void note(String word) {
    try {
      Files.createDirectories(file.getParent());
      String cut = Files.exists(file) && !Files.readString(file).endsWith("\n") ? "\n" : "";
      Files.write(
          file,
          "%s%s %s\n"
              .formatted(cut, clock.instant().truncatedTo(ChronoUnit.SECONDS), word)
              .getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND,
          StandardOpenOption.SYNC);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
