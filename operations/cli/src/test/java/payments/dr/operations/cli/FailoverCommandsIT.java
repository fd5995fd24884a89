package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.operations.aws.LocalAws;
import payments.dr.operations.ledger.LedgerTable;
import payments.dr.testing.Shell;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Orders by what {@code make dist} packs, on a machine that has Java alone, through STS and
 * DynamoDB of the DR Region, while the other is dark.
 */
class FailoverCommandsIT {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String TABLE = "dr-ledger-local";

  @TempDir Path home;
  @TempDir Path folder;

  @Test
  void people_are_heard_while_the_primary_region_is_dark() throws IOException {
    try (LocalAws aws = LocalAws.start(home);
        DynamoDbClient client = LedgerTable.client(aws.access())) {
      LedgerTable.create(client, TABLE);
      new DynamoDbLedger(client, TABLE)
          .write(List.of(DataRecord.first("v2", "us-east-1", Instant.now())));
      aws.shell().sh(LIMIT, "emulator/local-aws fault us-east-1 region-lost").expect(0);
      Shell shell = PackedCommand.unpack(folder).shell().with("AWS_ENDPOINT_URL", aws.endpoint());

      String paused = shell.sh(LIMIT, "./dr pause local --reason drill").expect(0).out();
      assertTrue(paused.contains("by arn:aws:"), paused);
      shell.sh(LIMIT, "./dr resume local --reason 'drill is over'").expect(0);
      shell.sh(LIMIT, "echo local | ./dr force local --reason 'nobody listens'").expect(3);

      String status = shell.sh(LIMIT, "./dr status local --format json").expect(3).out();
      var json = new ObjectMapper().readTree(status);
      assertTrue(json.path("silent").asBoolean(), status);
      assertEquals("FORCE", json.at("/order/kind").asText(), status);
      assertEquals("v2", json.at("/data/generation").asText(), status);
      String audit = shell.sh(LIMIT, "./dr audit local").expect(0).out();
      assertTrue(audit.endsWith("3 rows, none missing\n"), audit);

      String emulator = aws.shell().sh(LIMIT, "emulator/local-aws status").expect(0).out();
      assertEquals(
          0,
          new ObjectMapper().readTree(emulator).at("/refusedRequests/us-east-1").asInt(-1),
          emulator);
    }
  }
}
