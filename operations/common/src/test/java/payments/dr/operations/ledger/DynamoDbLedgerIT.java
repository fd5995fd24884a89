package payments.dr.operations.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerClient;
import payments.dr.ledger.LedgerContract;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.LocalAws;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The ledger's contract, held by a real table of the local AWS. */
class DynamoDbLedgerIT implements LedgerContract {

  @TempDir static Path home;

  private static LocalAws aws;
  private static DynamoDbClient client;
  private static int tables;

  private String table;
  private Ledger ledger;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(home);
    client = LedgerTable.client(aws.access());
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @BeforeEach
  void table() {
    table = "dr-ledger-t" + tables++;
    LedgerTable.create(client, table);
    ledger = new DynamoDbLedger(client, table);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Test
  void values_are_columns_beside_the_key() {
    ledger.write(List.of(LedgerChange.create(KEY, Map.of("generation", "v1"))));

    var item = client.scan(request -> request.tableName(table)).items().get(0);

    assertEquals("DATA", item.get("entity").s());
    assertEquals("-", item.get("entry").s());
    assertEquals("1", item.get("version").n());
    assertEquals("v1", item.get("generation").s());
  }

  @Test
  void overtaken_holder_writes_nothing_more() {
    var mutex = EnvironmentLedger.mutex(ledger);
    Lease cutover = mutex.acquire(new Holder("alice", "cutover"));
    cutover.renew();
    cutover.write(List.of(LedgerChange.create(KEY, Map.of("step", "1"))));

    mutex.preempt(new Holder("controller", "failover")).check();

    assertThrows(
        LeaseLostException.class,
        () ->
            cutover.write(
                List.of(LedgerChange.update(ledger.read(KEY).orElseThrow(), Map.of("step", "2")))));
    assertEquals("1", ledger.read(KEY).orElseThrow().values().get("step"));
  }

  @Test
  void missing_table_is_told_in_one_line() {
    Ledger missing = new DynamoDbLedger(client, "dr-ledger-nowhere");

    String message =
        assertThrows(LedgerUnavailableException.class, () -> missing.read(KEY)).getMessage();

    assertEquals(
        "ledger table dr-ledger-nowhere in us-east-2 must exist, found none in the caller's account",
        message);
    assertThrows(
        LedgerUnavailableException.class,
        () -> missing.write(List.of(LedgerChange.create(KEY, Map.of()))));
  }

  /** The port of a server that does not answer: a listening socket that nobody accepts from. */
  @Test
  void silent_aws_is_given_up_in_bounded_time() throws Exception {
    try (var silent = new ServerSocket(0)) {
      AwsAccess access =
          AwsAccess.local("http://127.0.0.1:" + silent.getLocalPort(), LocalAws.REGIONS);
      Ledger waiting =
          new DynamoDbLedger(access.client(LedgerClient.builder(LedgerTable.REGION)), table);
      Instant start = Instant.now();

      String message =
          assertThrows(LedgerUnavailableException.class, () -> waiting.read(KEY)).getMessage();

      Duration waited = Duration.between(start, Instant.now());
      assertTrue(waited.compareTo(Duration.ofSeconds(10)) < 0, waited.toString());
      assertTrue(
          message.startsWith(
              "ledger table " + table + " in us-east-2 must answer, got no answer: "),
          message);
      assertEquals(1, message.lines().count());
    }
  }
}
