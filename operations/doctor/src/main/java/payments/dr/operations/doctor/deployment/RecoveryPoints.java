package payments.dr.operations.doctor.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * How old the newest recovery points of a vault are, of clusters and of session tables. Each Region
 * backs up its own and gets copies from the other one. There is one a day at least: where AWS takes
 * no backup of a cluster that follows, a copy of the writer's.
 *
 * @param vault its name
 * @param account id of the account
 */
public record RecoveryPoints(String where, String vault, String account, InstantSource clock)
    implements Check {

  /** A day, and time for the job. */
  private static final Duration OLDEST = Duration.ofHours(30);

  private static final String SERVICE = "backup";

  /** As AWS Backup calls what the plan selects: clusters and session tables. */
  private static final List<String> BACKED_UP = List.of("Aurora", "DynamoDB");

  @Override
  public String name() {
    return "recovery points";
  }

  @Override
  public List<Permission> permissions() {
    String arn = "arn:aws:backup:%s:%s:backup-vault:%s".formatted(where, account, vault);
    return List.of(
        new Permission("backup:DescribeBackupVault", arn),
        new Permission("backup:ListRecoveryPointsByBackupVault", arn));
  }

  @Override
  public Result ask(Clients aws) {
    String path = "/backup-vaults/" + vault;
    Instant oldest = clock.instant().minus(OLDEST).truncatedTo(ChronoUnit.SECONDS);
    try {
      JsonNode points =
          aws.ask(
              where,
              JsonRequest.get(
                  SERVICE,
                  "ListRecoveryPointsByBackupVault",
                  path + "/recovery-points/?createdAfter=" + oldest));
      Map<String, Instant> newest = new TreeMap<>();
      for (String type : BACKED_UP) {
        newest(points, type)
            .filter(made -> made.isAfter(oldest))
            .ifPresent(made -> newest.put(type, made));
      }
      return newest.keySet().containsAll(BACKED_UP)
          ? Result.ok("newest in " + vault + ": " + told(newest))
          : none(aws, path, oldest, newest.keySet());
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().equals("ResourceNotFoundException")) {
        return Result.fails("vault " + vault + " must be there, got none", "deploy again");
      }
      throw e;
    }
  }

  private static String told(Map<String, Instant> newest) {
    return newest.entrySet().stream()
        .map(it -> it.getKey() + " of " + it.getValue())
        .collect(Collectors.joining(", "));
  }

  private Result none(Clients aws, String path, Instant oldest, Set<String> there) {
    String missing =
        BACKED_UP.stream().filter(type -> !there.contains(type)).collect(Collectors.joining(", "));
    Instant made =
        moment(
            aws.ask(where, JsonRequest.get(SERVICE, "DescribeBackupVault", path))
                .path("CreationDate"));
    String found =
        "none of %s in %s within %d hours; the vault is of %s"
            .formatted(missing, vault, OLDEST.toHours(), made);
    return made.isAfter(oldest)
        ? Result.attention(found, "ask again tomorrow")
        : Result.fails(
            found,
            "see the jobs of AWS Backup in %s; AWS Backup must be on for Aurora and DynamoDB"
                .formatted(where));
  }

  private static Optional<Instant> newest(JsonNode answer, String type) {
    return StreamSupport.stream(answer.path("RecoveryPoints").spliterator(), false)
        .filter(point -> point.path("ResourceType").asText().equals(type))
        .filter(point -> point.path("Status").asText().equals("COMPLETED"))
        .map(point -> moment(point.path("CreationDate")))
        .max(Comparator.naturalOrder());
  }

  private static Instant moment(JsonNode seconds) {
    return Instant.ofEpochSecond(seconds.asLong());
  }
}
