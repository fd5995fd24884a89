package payments.dr.operations.migration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;

/** Runs one of PostgreSQL's own programs, which passes the freeze of DDL. */
final class ClientProgram {

  private static final int LIMIT_MINUTES = 10;

  private ClientProgram() {}

  /**
   * @param words the program, and what it is told
   * @throws CommandFailedException with what it printed, when it fails or takes 10 minutes
   */
  static void run(Cluster cluster, List<String> words) {
    try {
      Path errors = Files.createTempFile("payments-dr-client", "");
      try {
        run(cluster, words, errors);
      } finally {
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(Cluster cluster, List<String> words, Path errors) throws IOException {
    ProcessBuilder program = cluster.program(words);
    program.environment().put("PGOPTIONS", "-c payments_migration.ddl=on");
    // The server's settings count, not those of whoever runs this.
    program.environment().keySet().removeAll(List.of("PGTZ", "PGDATESTYLE", "PGCLIENTENCODING"));
    Process process =
        program
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new CommandFailedException(
            "%s of %s must end within %d minutes"
                .formatted(words.get(0), cluster.generation(), LIMIT_MINUTES));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while " + words.get(0) + " ran");
    }
    if (process.exitValue() != 0) {
      throw new CommandFailedException(
          "%s of %s failed: %s"
              .formatted(
                  words.get(0),
                  cluster.generation(),
                  Files.readString(errors, StandardCharsets.UTF_8).strip()));
    }
  }
}
