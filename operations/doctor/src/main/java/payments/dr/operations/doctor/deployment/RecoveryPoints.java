package payments.dr.operations.doctor.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * How old the newest recovery point of a vault is: of the primary Region the last backup, of the DR
 * Region the last copy. There is one a day at least.
 *
 * @param vault its name
 * @param account id of the account
 */
public record RecoveryPoints(String where, String vault, String account, InstantSource clock)
    implements Check {

  /** A day, and time for the job. */
  private static final Duration OLDEST = Duration.ofHours(30);

  private static final String SERVICE = "backup";

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
      return newest(
              aws.ask(
                  where,
                  JsonRequest.get(
                      SERVICE,
                      "ListRecoveryPointsByBackupVault",
                      path + "/recovery-points/?createdAfter=" + oldest)))
          .filter(newest -> newest.isAfter(oldest))
          .map(newest -> Result.ok("newest in " + vault + " of " + newest))
          .orElseGet(() -> none(aws, path, oldest));
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().equals("ResourceNotFoundException")) {
        return Result.fails("vault " + vault + " must be there, got none", "deploy again");
      }
      throw e;
    }
  }

  private Result none(Clients aws, String path, Instant oldest) {
    Instant made =
        moment(
            aws.ask(where, JsonRequest.get(SERVICE, "DescribeBackupVault", path))
                .path("CreationDate"));
    String found =
        "none in %s within %d hours; the vault is of %s".formatted(vault, OLDEST.toHours(), made);
    return made.isAfter(oldest)
        ? Result.attention(found, "ask again tomorrow")
        : Result.fails(
            found,
            "see the jobs of AWS Backup in %s; AWS Backup must be on for Aurora and DynamoDB"
                .formatted(where));
  }

  private static Optional<Instant> newest(JsonNode answer) {
    return StreamSupport.stream(answer.path("RecoveryPoints").spliterator(), false)
        .filter(point -> point.path("Status").asText().equals("COMPLETED"))
        .map(point -> moment(point.path("CreationDate")))
        .max(Comparator.naturalOrder());
  }

  private static Instant moment(JsonNode seconds) {
    return Instant.ofEpochSecond(seconds.asLong());
  }
}
