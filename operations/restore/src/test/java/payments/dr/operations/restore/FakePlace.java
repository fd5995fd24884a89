package payments.dr.operations.restore;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionRole;
import payments.dr.lambda.port.Clock;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.postgres.Cluster;
import payments.dr.operations.postgres.testing.Environments;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsRequest;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupsResponse;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;

/**
 * The primary Region of environment {@code local}, whose answers are in the form of AWS's. Each
 * call that changes something is told twice, before and after it was done, and may be cut off
 * there.
 */
final class FakePlace implements RestorableEnvironment {

  static final Instant NOW = Instant.parse("2026-11-25T04:00:00Z");
  static final String POINT = "arn:aws:rds:us-east-1:123456789012:cluster-snapshot:awsbackup:job-1";
  static final String SESSIONS = "arn:aws:backup:us-east-1:123456789012:recovery-point:1";
  static final String KEY = "arn:aws:kms:us-east-1:123456789012:key/1";

  /** Told of each call; may throw. */
  Consumer<String> calls = call -> {};

  /** Every operation that was called. */
  final TreeSet<String> called = new TreeSet<>();

  final FakeRds rds = new FakeRds(this::call);
  final FakeDynamoDb dynamoDb = new FakeDynamoDb(this::call);
  final ArrayNode points = JSON.createArrayNode();
  final ArrayNode jobs = JSON.createArrayNode();
  final ObjectNode vault = JSON.createObjectNode().put("Locked", false);

  /** Of keys that are not enabled, by their aliases. */
  final Map<String, String> keyStates = new HashMap<>();

  int securityGroups = 1;
  String jobEnds = "COMPLETED";
  Cluster restored = new Unreachable();
  Cluster writer = new Unreachable();

  private final Clock clock = new Leaping();

  FakePlace() {
    point(
        POINT, "Aurora", "arn:aws:rds:us-east-1:123456789012:cluster:" + FakeRds.RUNNING, "02:00");
    point(
        SESSIONS,
        "DynamoDB",
        "arn:aws:dynamodb:us-east-1:123456789012:table/" + FakeDynamoDb.RUNNING,
        "02:01");
    rds.keep(POINT, Instant.parse("2026-11-25T02:00:00Z"));
  }

  void point(String arn, String type, String resource, String time) {
    Instant made = Instant.parse("2026-11-25T" + time + ":00Z");
    points
        .addObject()
        .put("RecoveryPointArn", arn)
        .put("ResourceType", type)
        .put("ResourceArn", resource)
        .put("Status", "COMPLETED")
        .put("BackupSizeInBytes", 3L << 30)
        .put("CreationDate", (double) made.getEpochSecond())
        .putObject("CalculatedLifecycle")
        .put("DeleteAt", (double) made.plusSeconds(86_400).getEpochSecond());
  }

  private void call(String call) {
    called.add(call.replace("after ", ""));
    calls.accept(call);
  }

  @Override
  public Site site(RegionRole role) {
    return new Site(
        Environments.local().names(),
        role,
        role == RegionRole.PRIMARY ? "us-east-1" : "us-east-2",
        "123456789012",
        role == RegionRole.PRIMARY ? rds : new FakeRds(this::call),
        role == RegionRole.PRIMARY ? dynamoDb : new FakeDynamoDb(this::call),
        new Groups(),
        this::answer);
  }

  private JsonNode answer(JsonRequest request) {
    call(request.operation());
    return switch (request.operation()) {
      case "DescribeBackupVault" -> vault;
      case "ListRecoveryPointsByBackupVault" -> page(request, "RecoveryPoints", points);
      case "DescribeKey" -> key(read(request).path("KeyId").asText());
      case "StartRestoreJob" -> start(read(request));
      case "ListRestoreJobs" -> {
        if (!request.path().contains("nextToken=")) {
          endJobs();
        }
        yield page(request, "RestoreJobs", jobs);
      }
      case "GetRestoreJobMetadata" -> {
        ObjectNode answer = JSON.createObjectNode();
        answer.set("Metadata", jobs.get(number(request.path())).path("Metadata"));
        yield answer;
      }
      default -> throw new AssertionError(request.operation());
    };
  }

  private JsonNode key(String alias) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("KeyMetadata")
        .put("KeyId", "1")
        .put("Arn", KEY)
        .put("KeyState", keyStates.getOrDefault(alias, "Enabled"));
    return answer;
  }

  /** One item a page. */
  private static JsonNode page(JsonRequest request, String field, ArrayNode items) {
    int number = request.path().contains("nextToken=") ? number(request.path()) : 0;
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode page = answer.putArray(field);
    if (number < items.size()) {
      page.add(items.get(number));
    }
    if (number + 1 < items.size()) {
      answer.put("NextToken", Integer.toString(number + 1));
    }
    return answer;
  }

  private static int number(String path) {
    return Integer.parseInt(path.replaceFirst(".*(?:nextToken=|/restore-jobs/)(\\d+).*", "$1"));
  }

  /** A job with a token that was given before is none. */
  private JsonNode start(JsonNode body) {
    String token = body.path("IdempotencyToken").asText();
    for (JsonNode job : jobs) {
      if (!token.isEmpty() && job.path("Token").asText().equals(token)) {
        return JSON.createObjectNode().set("RestoreJobId", job.path("RestoreJobId"));
      }
    }
    String id = job(body.path("RecoveryPointArn").asText(), "RUNNING", body.path("Metadata"));
    ((ObjectNode) jobs.get(Integer.parseInt(id))).put("Token", token);
    call("after StartRestoreJob");
    return JSON.createObjectNode().put("RestoreJobId", id);
  }

  /**
   * A job that is there.
   *
   * @return its id
   */
  String job(String point, String status, JsonNode metadata) {
    String id = Integer.toString(jobs.size());
    jobs.addObject()
        .put("RestoreJobId", id)
        .put("RecoveryPointArn", point)
        .put("Status", status)
        .put("CreationDate", (double) clock.instant().getEpochSecond())
        .put("Looks", 3)
        .set("Metadata", metadata);
    return id;
  }

  private static JsonNode read(JsonRequest request) {
    try {
      return JSON.readTree(request.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void endJobs() {
    for (JsonNode one : jobs) {
      ObjectNode job = (ObjectNode) one;
      job.put("Looks", job.path("Looks").asInt() - 1);
      if (job.path("Looks").asInt() == 0 && job.path("Status").asText().equals("RUNNING")) {
        job.put("Status", jobEnds);
        if (jobEnds.equals("COMPLETED")) {
          dynamoDb.make(job.at("/Metadata/targetTableName").asText(), "ACTIVE");
        }
      }
    }
  }

  @Override
  public Cluster restored(Restoration restoration, String region) {
    return restored;
  }

  @Override
  public Cluster writer(DatabaseGeneration generation) {
    return writer;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  private final class Groups implements Ec2Client {

    @Override
    public DescribeSecurityGroupsResponse describeSecurityGroups(
        DescribeSecurityGroupsRequest request) {
      call("DescribeSecurityGroups");
      return DescribeSecurityGroupsResponse.builder()
          .securityGroups(
              java.util.Collections.nCopies(
                  securityGroups, SecurityGroup.builder().groupId("sg-1").build()))
          .build();
    }

    @Override
    public String serviceName() {
      return "ec2";
    }

    @Override
    public void close() {}
  }

  /** As from outside of the fleet's network. */
  private record Unreachable() implements Cluster {

    @Override
    public String generation() {
      return "v2";
    }

    @Override
    public Connection connect() throws SQLException {
      throw new SQLException("connection timed out");
    }

    @Override
    public Map<String, String> peerKeywords() {
      return Map.of();
    }

    @Override
    public ProcessBuilder program(java.util.List<String> command) {
      throw new AssertionError("no program is needed");
    }
  }

  /** Its sleepers wake at once, later. */
  private static final class Leaping implements Clock {

    private Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public void sleepUntil(Instant wake) {
      now = wake;
    }
  }
}
