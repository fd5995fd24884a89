package payments.dr.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.ledger.DataRecord;
import payments.dr.lambda.ledger.Ledger;
import payments.dr.main.configuration.Configuration;
import payments.dr.main.configuration.Environment;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.ledger.EnvironmentLedger;

/** What a migration writes into the ledger of the local environment. */
record Ledgers(Ledger ledger) {

  private static final String WRITER = "us-east-1";

  static Ledgers of(Path checkout, String endpoint) {
    Environment local =
        Configuration.read(checkout, Optional.empty()).environments().stream()
            .filter(environment -> environment.name().equals("local"))
            .findFirst()
            .orElseThrow();
    return new Ledgers(EnvironmentLedger.open(AwsAccess.local(endpoint), local));
  }

  /** A generation that is new and empty. */
  void begin(String generation) {
    ledger.write(List.of(DataRecord.first(generation, WRITER, Instant.now())));
  }

  /** Fences, passes the point of no return, moves the pointer by the saved plan, and ends. */
  void cutOver(String to, Path savedPlan, Step apply) throws IOException {
    String from = data().generation();
    DataRecord.Cutover cutover = new DataRecord.Cutover(from + "-" + to, to, hash(savedPlan));
    ledger.write(List.of(data().begin(cutover, Instant.now())));
    ledger.write(List.of(data().moved(Instant.now())));
    apply.run();
    ledger.write(List.of(data().end(Instant.now())));
  }

  /** A part of a test that can fail. */
  interface Step {
    void run() throws IOException;
  }

  private DataRecord data() {
    return DataRecord.read(ledger).orElseThrow();
  }

  private static String hash(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
