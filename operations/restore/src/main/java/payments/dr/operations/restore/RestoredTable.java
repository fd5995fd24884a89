package payments.dr.operations.restore;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.SSEType;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TableAlreadyExistsException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableInUseException;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/**
 * The session table of a restore. Each step can be asked for again: it looks first at what is
 * there.
 *
 * @param source ARN of a recovery point, or of the table that is restored to a time
 */
record RestoredTable(Site site, Restoration restoration, String source, Consumer<String> told) {

  private static final String SERVICE = "backup";
  private static final String TARGET = "targetTableName";
  private static final String ACTIVE = "ACTIVE";
  private static final String GONE = "removed";
  private static final List<String> UNDER_WAY = List.of("PENDING", "RUNNING");
  private static final Set<String> FAILED = Set.of("ABORTED", "FAILED");

  /** More pages of a megabyte than these are not counted. */
  private static final int PAGES = 50;

  /**
   * Has AWS restore it, unless it is there or on its way.
   *
   * @throws BadInputException when the environment's key cannot be used
   */
  void restore() {
    // The job first: it may end, and leave the table, between the two looks.
    if (jobUnderWay().isPresent() || find().isPresent()) {
      told.accept("there       table " + restoration.table());
      return;
    }
    String key = Ground.of(site, restoration).key();
    if (restoration.origin().isContinuous()) {
      restoreTime(key);
      told.accept("restoring   table " + restoration.table());
    } else {
      String job = startJob(key);
      told.accept("restoring   table %s by restore job %s".formatted(restoration.table(), job));
    }
  }

  private void restoreTime(String key) {
    try {
      site.dynamoDb()
          .restoreTableToPointInTime(
              request ->
                  request
                      .sourceTableArn(source)
                      .targetTableName(restoration.table())
                      .restoreDateTime(restoration.origin().time())
                      .sseSpecificationOverride(
                          sse -> sse.enabled(true).sseType(SSEType.KMS).kmsMasterKeyId(key)));
    } catch (TableAlreadyExistsException | TableInUseException e) {
      // An earlier attempt of this call had come through, or somebody else's of the same restore.
    }
  }

  /**
   * DynamoDB itself does not restore what AWS Backup manages. The same job twice is one: the call
   * may be repeated when its answer was lost, and two may begin at once. After a job that failed
   * another one is begun.
   *
   * @return id of the job
   */
  private String startJob(String key) {
    String last = newestJob().map(job -> job.path("RestoreJobId").asText()).orElse("first");
    ObjectNode body =
        JSON.createObjectNode()
            .put("RecoveryPointArn", source)
            .put("IamRoleArn", site.backupRole())
            .put("IdempotencyToken", restoration.table() + "-" + last)
            .put("ResourceType", Kind.SESSIONS.type());
    body.putObject("Metadata")
        .put(TARGET, restoration.table())
        .put("encryptionType", "KMS")
        .put("kmsMasterKeyArn", key);
    return site.json()
        .apply(JsonRequest.put(SERVICE, "StartRestoreJob", "/restore-jobs", body.toString()))
        .path("RestoreJobId")
        .asText();
  }

  private Optional<JsonNode> jobUnderWay() {
    return newestJob().filter(job -> UNDER_WAY.contains(job.path("Status").asText()));
  }

  private Optional<JsonNode> newestJob() {
    if (restoration.origin().isContinuous()) {
      return Optional.empty();
    }
    String path = "/restore-jobs/?resourceType=" + Kind.SESSIONS.type();
    return JsonRequest.get(SERVICE, "ListRestoreJobs", path)
        .all(site.json(), "RestoreJobs")
        .stream()
        .filter(job -> job.path("RecoveryPointArn").asText().equals(source))
        .filter(this::isOwn)
        .max(Comparator.comparingDouble(job -> job.path("CreationDate").asDouble()));
  }

  /** Tests of restores, and other people, restore the same recovery point under other names. */
  private boolean isOwn(JsonNode job) {
    String path = "/restore-jobs/%s/metadata".formatted(job.path("RestoreJobId").asText());
    JsonNode metadata =
        site.json().apply(JsonRequest.get(SERVICE, "GetRestoreJobMetadata", path)).path("Metadata");
    return metadata.path(TARGET).asText().equals(restoration.table());
  }

  /** Waits for it, and protects it. */
  void await(Waiting waiting) {
    waiting.until(Set.of(ACTIVE), FAILED, "table " + restoration.table(), this::status);
    TableDescription table = find().orElseThrow();
    site.dynamoDb().tagResource(request -> request.resourceArn(table.tableArn()).tags(tags()));
    if (!Boolean.TRUE.equals(table.deletionProtectionEnabled())) {
      site.dynamoDb()
          .updateTable(
              request -> request.tableName(restoration.table()).deletionProtectionEnabled(true));
    }
  }

  private List<Tag> tags() {
    return Stream.of(
            Tag.builder().key("Environment").value(site.names().environment()),
            Tag.builder().key("RestoredFrom").value(source),
            Tag.builder().key("RestoredTo").value(restoration.origin().time().toString()))
        .map(Tag.Builder::build)
        .toList();
  }

  /** Of the table, or of the job that makes it. */
  private String status() {
    Optional<TableDescription> table = find();
    if (table.isPresent() && table.get().tableStatusAsString().equals(ACTIVE)) {
      return jobUnderWay().isPresent() ? "RUNNING" : ACTIVE;
    }
    newestJob()
        .filter(job -> FAILED.contains(job.path("Status").asText()))
        .ifPresent(
            job -> {
              throw new CommandFailedException(
                  "AWS Backup's restore of %s must complete, got %s: %s"
                      .formatted(
                          restoration.table(),
                          job.path("Status").asText(),
                          job.path("StatusMessage").asText("no reason given")));
            });
    return table.map(TableDescription::tableStatusAsString).orElse("CREATING");
  }

  private Optional<TableDescription> find() {
    try {
      return Optional.of(
          site.dynamoDb().describeTable(request -> request.tableName(restoration.table())).table());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    }
  }

  /** How many sessions it has, such as {@code 12}; counted by reading it. */
  String count() {
    long items = 0;
    int pages = 0;
    for (ScanResponse page :
        site.dynamoDb()
            .scanPaginator(
                request -> request.tableName(restoration.table()).select(Select.COUNT))) {
      items += page.count();
      if (++pages == PAGES && page.hasLastEvaluatedKey()) {
        return "more than " + items;
      }
    }
    return Long.toString(items);
  }

  /**
   * Removes it, and waits until it is gone.
   *
   * @throws BadInputException when AWS Backup is making it; nothing was removed
   */
  void remove(Waiting waiting) {
    if (jobUnderWay().isPresent()) {
      throw new BadInputException(
          "table %s must be there or not before it can be removed, and AWS Backup is restoring it: run this again in some minutes"
              .formatted(restoration.table()));
    }
    String what = "table " + restoration.table();
    waiting.until(Set.of(ACTIVE, "DELETING", GONE), Set.of(), what, this::removal);
    if (removal().equals(ACTIVE)) {
      site.dynamoDb()
          .updateTable(
              request -> request.tableName(restoration.table()).deletionProtectionEnabled(false));
      waiting.until(Set.of(ACTIVE), Set.of(), what, this::removal);
      site.dynamoDb().deleteTable(request -> request.tableName(restoration.table()));
    }
    waiting.until(Set.of(GONE), Set.of(), what, this::removal);
  }

  private String removal() {
    return find().map(TableDescription::tableStatusAsString).orElse(GONE);
  }
}
