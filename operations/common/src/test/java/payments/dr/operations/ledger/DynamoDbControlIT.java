package payments.dr.operations.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.orders.ControlContract;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.operations.aws.LocalAws;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Humans' orders through a real table of the local AWS. */
class DynamoDbControlIT implements ControlContract {

  @TempDir static Path home;

  private static LocalAws aws;
  private static DynamoDbClient client;
  private static int tables;

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
    String table = "dr-ledger-c" + tables++;
    LedgerTable.create(client, table);
    ledger = new DynamoDbLedger(client, table);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }
}
