package payments.dr.operations.rehearse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import payments.dr.configuration.region.RegionPair;
import payments.dr.operations.aws.JsonRequest;

/**
 * Whether the policies of the keys and of the backup role let a database be backed up, copied and
 * restored, and how long each takes.
 *
 * @param aws answers a request in a Region
 * @param cluster ARN of what was backed up
 */
record OfBackup(
    BiFunction<String, JsonRequest, JsonNode> aws, RegionPair<String> regions, String cluster)
    implements Question {

  @Override
  public String asks() {
    return "Do backup, copy to the other Region and restore work with the policies of the keys?";
  }

  @Override
  public String tried() {
    return "StartBackupJob, StartCopyJob, StartRestoreJob of the Aurora cluster";
  }

  @Override
  public String answer() {
    List<String> said = new ArrayList<>();
    said.add("backup " + last(regions.primary(), "ListBackupJobs", "backup", "BackupJobs"));
    said.add("copy " + last(regions.primary(), "ListCopyJobs", "copy", "CopyJobs"));
    said.add("restore " + last(regions.dr(), "ListRestoreJobs", "restore", "RestoreJobs"));
    return String.join("; ", said);
  }

  private String last(String region, String operation, String kind, String list) {
    return JsonRequest.get("backup", operation, "/" + kind + "-jobs/")
        .all(request -> aws.apply(region, request), list)
        .stream()
        .filter(this::isOfCluster)
        .max(Comparator.comparingDouble(job -> job.path("CreationDate").asDouble()))
        .map(OfBackup::told)
        .orElse("not tried");
  }

  /** A restore job does not name the resource everywhere; what it is of then counts. */
  private boolean isOfCluster(JsonNode job) {
    return job.path("ResourceArn").isMissingNode()
        ? job.path("ResourceType").asText().equals("Aurora")
        : job.path("ResourceArn").asText().equals(cluster);
  }

  private static String told(JsonNode job) {
    String state = job.path("State").asText(job.path("Status").asText());
    double seconds = job.path("CompletionDate").asDouble() - job.path("CreationDate").asDouble();
    return state.equals("COMPLETED")
        ? "completed in %d s".formatted(Duration.ofMillis((long) (seconds * 1000)).toSeconds())
        : state + " " + job.path("StatusMessage").asText();
  }
}
