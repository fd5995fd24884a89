package payments.dr.operations.rehearse;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.console.CommandFailedException;

/**
 * Starts jobs of AWS Backup, and waits for their end.
 *
 * @param aws answers a request in a Region
 * @param pause between two looks at a job
 */
record BackupJobs(BiFunction<String, JsonRequest, JsonNode> aws, Runnable pause) {

  private static final String SERVICE = "backup";

  /** An hour on AWS, with its half minute between two looks: a rehearsal has a bound of its own. */
  private static final int MOST_LOOKS = 120;

  private static final List<String> FAILED = List.of("ABORTED", "EXPIRED", "FAILED", "PARTIAL");

  /**
   * Returns the recovery point that a backup made.
   *
   * @throws CommandFailedException with what AWS Backup says, when it failed
   */
  String backUp(String region, UnaryOperator<ObjectNode> request) {
    JsonNode job =
        finished(
            region,
            start(region, "StartBackupJob", "backup-jobs", "BackupJobId", request),
            "DescribeBackupJob",
            "");
    return job.path("RecoveryPointArn").asText();
  }

  /** Returns the recovery point that a copy made, in the other Region. */
  String copy(String region, UnaryOperator<ObjectNode> request) {
    JsonNode job =
        finished(
            region,
            start(region, "StartCopyJob", "copy-jobs", "CopyJobId", request),
            "DescribeCopyJob",
            "/CopyJob");
    return job.path("DestinationRecoveryPointArn").asText();
  }

  /** Returns the ARN of what was restored. */
  String restore(String region, UnaryOperator<ObjectNode> request) {
    JsonNode job =
        finished(
            region,
            start(region, "StartRestoreJob", "restore-jobs", "RestoreJobId", request),
            "DescribeRestoreJob",
            "");
    return job.path("CreatedResourceArn").asText();
  }

  /** Returns the path of the job. */
  private String start(
      String region, String operation, String path, String id, UnaryOperator<ObjectNode> request) {
    String body = request.apply(JSON.createObjectNode()).toString();
    JsonNode started = aws.apply(region, JsonRequest.put(SERVICE, operation, "/" + path, body));
    return "/" + path + "/" + started.path(id).asText();
  }

  private JsonNode finished(String region, String job, String operation, String place) {
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      JsonNode now = aws.apply(region, JsonRequest.get(SERVICE, operation, job)).at(place);
      String state = now.path("State").asText(now.path("Status").asText());
      if (state.equals("COMPLETED")) {
        return now;
      }
      if (FAILED.contains(state)) {
        throw new CommandFailedException(
            "AWS Backup's %s in %s must complete, got %s: %s"
                .formatted(
                    job, region, state, now.path("StatusMessage").asText("no reason given")));
      }
      pause.run();
    }
    throw new CommandFailedException(
        "AWS Backup's %s in %s must end within %d looks, got no end"
            .formatted(job, region, MOST_LOOKS));
  }
}
