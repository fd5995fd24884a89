package payments.dr.operations.migration.cutover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import payments.dr.operations.postgres.Cluster;

/**
 * A migration's command in a process of its own, which halts without a farewell at the n-th save of
 * its journal: before it, when a step is done and nobody knows, or after it, when a step is only
 * announced.
 */
public final class KilledMigration {

  static final int KILLED = 137;

  /** When to halt. */
  enum When {
    BEFORE,
    AFTER
  }

  private KilledMigration() {}

  /** Runs the command in another JVM; returns its status. */
  static int run(Journey journey, String command, When when, int save) {
    List<String> words =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledMigration.class.getName(),
                command,
                when.name(),
                Integer.toString(save),
                journey.folder().toString(),
                Long.toString(journey.ahead().toSeconds())));
    for (Cluster cluster : List.of(journey.v1(), journey.v2())) {
      Map<String, String> environment = cluster.program(List.of("psql")).environment();
      for (String name : Remote.NAMES) {
        words.add(environment.get(name));
      }
    }
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Ends with status 0 when the command needed fewer saves. */
  public static void main(String[] words) {
    int names = Remote.NAMES.size();
    Journey journey =
        new Journey(
            Remote.of("v1", List.of(words).subList(5, 5 + names)),
            Remote.of("v2", List.of(words).subList(5 + names, 5 + 2 * names)),
            Path.of(words[3]),
            Journey.LIMITS,
            Duration.ofSeconds(Long.parseLong(words[4])));
    When when = When.valueOf(words[1]);
    int save = Integer.parseInt(words[2]);
    journey.run(
        migration -> command(migration, words[0]),
        journal -> new Halting(journal, when, save),
        new Printing());
  }

  private static Object command(Migration migration, String name) {
    switch (name) {
      case "prepare" -> migration.prepare(false);
      case "start" -> migration.start(false);
      case "verify" -> migration.verify();
      case "cutover" -> migration.cutover();
      case "rollback" -> migration.rollback();
      case "finish" -> migration.finish();
      default -> throw new IllegalArgumentException(name);
    }
    return name;
  }

  /** The journal that ends its process. */
  private static final class Halting implements Journal {

    private final Journal journal;
    private final When when;
    private int left;

    Halting(Journal journal, When when, int save) {
      this.journal = journal;
      this.when = when;
      this.left = save;
    }

    @Override
    public Optional<MigrationRecord> read() {
      return journal.read();
    }

    @Override
    public void save(MigrationRecord next, DataChange data) {
      left--;
      if (left == 0 && when == When.BEFORE) {
        Runtime.getRuntime().halt(KILLED);
      }
      journal.save(next, data);
      if (left == 0) {
        System.out.println("killed at " + next.label() + " " + next.step());
        System.out.flush();
        Runtime.getRuntime().halt(KILLED);
      }
    }

    @Override
    public void check() {
      journal.check();
    }
  }

  /** A server known by the environment that client programs are given. */
  private record Remote(String generation, Map<String, String> environment) implements Cluster {

    static final List<String> NAMES =
        List.of(
            "PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSSLMODE", "PGSSLROOTCERT", "PGPASSFILE");

    static Remote of(String generation, List<String> values) {
      Map<String, String> environment = new TreeMap<>();
      for (int i = 0; i < NAMES.size(); i++) {
        environment.put(NAMES.get(i), values.get(i));
      }
      return new Remote(generation, environment);
    }

    @Override
    public Connection connect() throws SQLException {
      Properties properties = new Properties();
      properties.setProperty("user", environment.get("PGUSER"));
      properties.setProperty("password", password());
      properties.setProperty("sslmode", environment.get("PGSSLMODE"));
      properties.setProperty("sslrootcert", environment.get("PGSSLROOTCERT"));
      return DriverManager.getConnection(
          "jdbc:postgresql://%s:%s/%s"
              .formatted(
                  environment.get("PGHOST"),
                  environment.get("PGPORT"),
                  environment.get("PGDATABASE")),
          properties);
    }

    @Override
    public Map<String, String> peerKeywords() {
      return Map.of(
          "host", environment.get("PGHOST"),
          "port", environment.get("PGPORT"),
          "dbname", environment.get("PGDATABASE"),
          "sslmode", environment.get("PGSSLMODE"),
          "sslrootcert", environment.get("PGSSLROOTCERT"));
    }

    @Override
    public ProcessBuilder program(List<String> command) {
      ProcessBuilder program = new ProcessBuilder(command);
      program.environment().putAll(environment);
      return program;
    }

    private String password() {
      try {
        String line = Files.readString(Path.of(environment.get("PGPASSFILE"))).strip();
        return line.substring(line.lastIndexOf(':') + 1);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
