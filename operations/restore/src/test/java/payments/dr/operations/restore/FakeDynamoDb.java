package payments.dr.operations.restore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.RestoreTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.TagResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTableResponse;

/** DynamoDB of one Region: a table is made, and goes, some looks after it was asked for. */
final class FakeDynamoDb implements DynamoDbClient {

  static final String RUNNING = "session-table-v2-local";

  final Map<String, TableDescription> tables = new TreeMap<>();
  final Map<String, Integer> tags = new TreeMap<>();
  final List<RestoreTableToPointInTimeRequest> restores = new ArrayList<>();

  /** Of {@link #RUNNING}. */
  Instant earliest = Instant.parse("2026-11-01T00:00:00Z");

  Instant latest = Instant.parse("2026-11-25T03:55:00Z");

  private final Consumer<String> calls;
  private final Map<String, Integer> looks = new TreeMap<>();

  FakeDynamoDb(Consumer<String> calls) {
    this.calls = calls;
    make(RUNNING, "ACTIVE");
  }

  void make(String name, String status) {
    tables.put(
        name,
        TableDescription.builder()
            .tableName(name)
            .tableArn("arn:aws:dynamodb:us-east-1:123456789012:table/" + name)
            .tableStatus(status)
            .deletionProtectionEnabled(false)
            .build());
    looks.put(name, 2);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    calls.accept("DescribeTable");
    if (looks.merge(request.tableName(), -1, Integer::sum) == 0
        && tables.containsKey(request.tableName())) {
      TableDescription table = tables.remove(request.tableName());
      if (!table.tableStatusAsString().equals("DELETING")) {
        tables.put(table.tableName(), table.toBuilder().tableStatus("ACTIVE").build());
      }
    }
    return DescribeTableResponse.builder().table(table(request.tableName())).build();
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    calls.accept("DescribeContinuousBackups");
    if (!tables.containsKey(request.tableName())) {
      throw TableNotFoundException.builder().message("no such table").build();
    }
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(
            described ->
                described.pointInTimeRecoveryDescription(
                    window ->
                        window
                            .earliestRestorableDateTime(earliest)
                            .latestRestorableDateTime(latest)))
        .build();
  }

  @Override
  public RestoreTableToPointInTimeResponse restoreTableToPointInTime(
      RestoreTableToPointInTimeRequest request) {
    calls.accept("RestoreTableToPointInTime");
    if (tables.containsKey(request.targetTableName())) {
      throw TableInUseException.builder().message("being created").build();
    }
    restores.add(request);
    make(request.targetTableName(), "CREATING");
    calls.accept("after RestoreTableToPointInTime");
    return RestoreTableToPointInTimeResponse.builder().build();
  }

  @Override
  public UpdateTableResponse updateTable(UpdateTableRequest request) {
    calls.accept("UpdateTable");
    TableDescription table = table(request.tableName());
    tables.put(
        table.tableName(),
        table.toBuilder().deletionProtectionEnabled(request.deletionProtectionEnabled()).build());
    calls.accept("after UpdateTable");
    return UpdateTableResponse.builder().build();
  }

  @Override
  public TagResourceResponse tagResource(TagResourceRequest request) {
    calls.accept("TagResource");
    tags.put(request.resourceArn(), request.tags().size());
    return TagResourceResponse.builder().build();
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    calls.accept("Scan");
    table(request.tableName());
    return ScanResponse.builder().count(3).build();
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    calls.accept("DeleteTable");
    TableDescription table = table(request.tableName());
    if (table.deletionProtectionEnabled() || !table.tableStatusAsString().equals("ACTIVE")) {
      throw ResourceInUseException.builder().message("protected, or changing").build();
    }
    tables.put(table.tableName(), table.toBuilder().tableStatus("DELETING").build());
    looks.put(table.tableName(), 1);
    calls.accept("after DeleteTable");
    return DeleteTableResponse.builder().build();
  }

  private TableDescription table(String name) {
    if (!tables.containsKey(name)) {
      throw ResourceNotFoundException.builder().message("no such table").build();
    }
    return tables.get(name);
  }

  @Override
  public String serviceName() {
    return "dynamodb";
  }

  @Override
  public void close() {}
}
