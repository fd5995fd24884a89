package payments.dr.operations.cli.adapters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.lambda.aws.AuditBucket;
import payments.dr.lambda.loop.AuditExport;
import payments.dr.lambda.model.Order;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.lambda.orders.Request;
import payments.dr.lambda.port.PortException;
import payments.dr.ledger.Audit;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.operations.ledger.LedgerTable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Exported audit rows, in a bucket with Object Lock on a local AWS. */
class AuditBucketIT {

  private static final String TABLE = "dr-ledger-it";

  @TempDir static Path home;

  private static TwoRegions regions;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    regions = TwoRegions.start(home);
    s3 = regions.lockedBucket(TwoRegions.DR, "dr-audit-it");
  }

  @AfterAll
  static void stop() {
    regions.close();
  }

  @Test
  void row_is_kept_once_as_it_was_and_locked() throws Exception {
    AuditBucket archive = new AuditBucket(s3, "dr-audit-it");
    Map<String, String> values = Map.of("why", "a \"reason\"", "act", "Latch", "auditBy", "Zoë");

    archive.keep("0a1b", 7, values);
    archive.keep("0a1b", 7, Map.of("why", "another"));

    String key = "audit/0a1b/0000000007.json";
    var object = s3.getObjectAsBytes(request -> request.bucket("dr-audit-it").key(key));
    assertEquals(
        "{\"incident\":\"0a1b\",\"version\":7,\"values\":{\"act\":\"Latch\",\"auditBy\":\"Zoë\","
            + "\"why\":\"a \\\"reason\\\"\"}}",
        object.asUtf8String());
    assertEquals("application/json", object.response().contentType());
    assertEquals(ObjectLockMode.GOVERNANCE, object.response().objectLockMode());
    assertTrue(
        object
            .response()
            .objectLockRetainUntilDate()
            .isAfter(Instant.now().plus(Duration.ofDays(399))));
    assertEquals(
        1,
        s3.listObjectVersions(request -> request.bucket("dr-audit-it").prefix("audit/0a1b/"))
            .versions()
            .size());
    assertThrows(
        S3Exception.class,
        () ->
            s3.deleteObject(
                request ->
                    request
                        .bucket("dr-audit-it")
                        .key(key)
                        .versionId(object.response().versionId())));
  }

  @Test
  void bucket_that_is_not_there_is_told_with_the_row() {
    AuditBucket archive = new AuditBucket(s3, "no-such-bucket-it");

    String told =
        assertThrows(PortException.class, () -> archive.keep("0a1b", 7, Map.of())).getMessage();

    assertTrue(
        told.startsWith(
            "audit row audit/0a1b/0000000007.json must be taken by bucket no-such-bucket-it, got "),
        told);
  }

  @Test
  void dark_region_keeps_rows_in_the_ledger_until_it_is_back() throws Exception {
    DynamoDbClient client = regions.client(DynamoDbClient.builder(), TwoRegions.DR);
    LedgerTable.create(client, TABLE);
    Ledger ledger = new DynamoDbLedger(client, TABLE);
    S3Client primary = regions.lockedBucket(TwoRegions.PRIMARY, "primary-audit-it");
    AuditExport export =
        new AuditExport(
            ledger,
            new AuditBucket(primary, "primary-audit-it"),
            InstantSource.system(),
            Duration.ofSeconds(60));
    Request alice = new Request("alice", "drill", Instant.parse("2026-01-01T00:00:00Z"));
    ledger.write(ControlRecord.read(ledger).pause(alice));
    regions.lose(TwoRegions.PRIMARY);
    try {
      assertThrows(PortException.class, export::run);
    } finally {
      regions.repair(TwoRegions.PRIMARY);
    }
    ledger.write(ControlRecord.read(ledger).order(Order.Kind.RESUME, alice));

    export.run();
    export.run();

    List<String> keys =
        primary.listObjectsV2(request -> request.bucket("primary-audit-it")).contents().stream()
            .map(object -> object.key())
            .toList();
    assertEquals(List.of("audit/control/0000000001.json", "audit/control/0000000002.json"), keys);
    JsonNode second =
        new ObjectMapper()
            .readTree(
                primary
                    .getObjectAsBytes(
                        request -> request.bucket("primary-audit-it").key(keys.get(1)))
                    .asByteArray());
    assertEquals(
        ledger.read(Audit.key("control", 2)).orElseThrow().values(),
        new ObjectMapper().convertValue(second.path("values"), Map.class));
  }
}
