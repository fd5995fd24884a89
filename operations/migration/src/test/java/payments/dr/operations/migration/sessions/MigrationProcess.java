package payments.dr.operations.migration.sessions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.LocalAws;
import payments.dr.operations.ledger.LedgerTable;

/** The migration in a process of its own, which a test kills as a power cut would. */
record MigrationProcess(Process process, Path output) {

  static final List<String> REGIONS = List.of("us-east-1", "us-east-2");
  static final String SUFFIX = "-it";
  static final String LEDGER = "dr-ledger-it";

  /** Short, so that the next one need not wait long for a dead one. */
  private static final Duration TTL = Duration.ofSeconds(6);

  static SessionMigration migration(String endpoint) {
    AwsAccess aws = AwsAccess.local(endpoint, LocalAws.REGIONS);
    return new SessionMigration(
        SessionTableClients.of(aws, REGIONS, SUFFIX),
        new DynamoDbLedger(LedgerTable.client(aws), LEDGER),
        TTL,
        InstantSource.system(),
        System.out);
  }

  /** Arguments: the endpoint, and {@code start} or the generation to cut over to. */
  public static void main(String[] arguments) {
    System.setProperty("http.maxConnections", "64");
    SessionMigration migration = migration(arguments[0]);
    if (arguments[1].equals("start")) {
      try (CopyProgress progress = new CopyProgress(false)) {
        migration.start(
            now -> {
              if (now.items() > 0) {
                System.out.println("items " + now.items());
              }
              return progress.test(now);
            });
      }
    } else {
      migration.cutOverTo(arguments[1], "idempotency#");
    }
  }

  static MigrationProcess start(String endpoint, String what) throws IOException {
    Path output = Files.createTempFile("migration", ".txt");
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new MigrationProcess(
        new ProcessBuilder("java", "-cp", classes, MigrationProcess.class.getName(), endpoint, what)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  MigrationProcess waitFor(String text) throws IOException, InterruptedException {
    Instant end = Instant.now().plusSeconds(300);
    while (!Files.readString(output).contains(text)) {
      if (Instant.now().isAfter(end) || !process.isAlive()) {
        throw new AssertionError("expected \"" + text + "\" in\n" + Files.readString(output));
      }
      Thread.sleep(20);
    }
    return this;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
