package payments.dr.operations.migration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;

/**
 * Makes the source's schema at the target by PostgreSQL's own tools, in one transaction: all of it
 * or nothing. Indexes come along before the rows do, which slows the copy and needs no second act.
 */
public final class SchemaCopy {

  private static final int LIMIT_MINUTES = 10;

  private final Database source;
  private final Database target;

  public SchemaCopy(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  public void make() {
    List<String> there = ReplicatedTables.of(target);
    if (there.containsAll(ReplicatedTables.of(source))) {
      return;
    }
    List<String> dump =
        new ArrayList<>(
            List.of(
                "pg_dump",
                "--no-password",
                "--lock-wait-timeout=5s",
                "--format=custom",
                "--schema-only",
                "--no-publications",
                "--no-subscriptions",
                "--exclude-schema=" + Database.SCHEMA));
    // What `./dr database init` made stands on both sides.
    there.forEach(table -> dump.add("--exclude-table=" + table));
    List<String> restore =
        List.of(
            "pg_restore", "--no-password", "--exit-on-error", "--single-transaction", "--dbname=");
    if (target.dryRun()) {
      source.change("\\! " + String.join(" ", dump));
      target.change("\\! " + String.join(" ", restore));
      return;
    }
    try {
      Path folder = Files.createTempDirectory("payments-dr-schema");
      try {
        run(folder, dump, restore);
      } finally {
        for (String file : List.of("schema", "list", "errors")) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(Path folder, List<String> dump, List<String> restore) throws IOException {
    Path schema = folder.resolve("schema");
    Path list = folder.resolve("list");
    Path errors = folder.resolve("errors");
    run(source.cluster(), with(dump, "--file=" + schema), errors);
    run(target.cluster(), List.of("pg_restore", "--list", "--file=" + list, schema + ""), errors);
    Files.write(
        list,
        Files.readAllLines(list).stream().filter(line -> !Workspace.ownsDumpEntry(line)).toList());
    List<String> words = new ArrayList<>(restore);
    words.set(words.size() - 1, "--dbname=" + target.cluster().peerKeywords().get("dbname"));
    run(target.cluster(), with(words, "--use-list=" + list, schema.toString()), errors);
  }

  private static void run(Cluster cluster, List<String> words, Path errors) throws IOException {
    ProcessBuilder program = cluster.program(words);
    // Passes the freeze of DDL.
    program.environment().put("PGOPTIONS", "-c payments_migration.ddl=on");
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

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }
}
