package payments.dr.operations.doctor.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.backup.DailyBackupSettings;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * How old the newest recovery points of a vault are, of clusters and of session tables: the
 * Region's own backups, and the copies that come from the other one. Of clusters one kind may be
 * absent, since AWS need not take a backup of the cluster that follows.
 *
 * @param vault its name
 * @param account id of the account
 */
public record RecoveryPoints(String where, String vault, String account, InstantSource clock)
    implements Check {

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
    Instant since = ago(Kind.COPY).truncatedTo(ChronoUnit.SECONDS);
    try {
      List<JsonNode> points =
          JsonRequest.get(
                  SERVICE,
                  "ListRecoveryPointsByBackupVault",
                  path + "/recovery-points/?createdAfter=" + since)
              .all(request -> aws.ask(where, request), "RecoveryPoints");
      List<String> found = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (String type : BACKED_UP) {
        for (Kind kind : Kind.values()) {
          String what = kind.word + " of " + type;
          newest(points, type, kind)
              .filter(made -> made.isAfter(ago(kind)))
              .ifPresentOrElse(made -> found.add(what + " at " + made), () -> missing.add(what));
        }
      }
      return missing.isEmpty()
          ? Result.ok("newest in " + vault + ": " + String.join(", ", found))
          : lacking(aws, path, missing);
    } catch (AwsServiceException e) {
      if (e.awsErrorDetails().errorCode().equals("ResourceNotFoundException")) {
        return Result.fails("vault " + vault + " must be there, got none", "deploy again");
      }
      throw e;
    }
  }

  private Result lacking(Clients aws, String path, List<String> missing) {
    Instant made =
        moment(
            aws.ask(where, JsonRequest.get(SERVICE, "DescribeBackupVault", path))
                .path("CreationDate"));
    String found =
        "no %s in %s within %d hours, %d for copies; the vault is of %s"
            .formatted(
                String.join(", no ", missing),
                vault,
                Kind.BACKUP.longestGap.toHours(),
                Kind.COPY.longestGap.toHours(),
                made);
    if (made.isAfter(ago(Kind.COPY))) {
      return Result.attention(found, "ask again tomorrow");
    }
    if (missing.equals(List.of("backup of Aurora"))) {
      return Result.attention(
          found, "see the backup jobs in %s, unless the cluster there follows".formatted(where));
    }
    if (missing.equals(List.of("copy of Aurora"))) {
      return Result.attention(
          found, "see the copy jobs of the other Region, unless the cluster there follows");
    }
    return Result.fails(
        found, "see the jobs of AWS Backup in both Regions; it must be on for Aurora and DynamoDB");
  }

  private Optional<Instant> newest(List<JsonNode> points, String type, Kind kind) {
    return points.stream()
        .filter(point -> point.path("ResourceType").asText().equals(type))
        .filter(point -> point.path("Status").asText().equals("COMPLETED"))
        .filter(point -> kind == kindOf(point))
        .map(point -> moment(point.path("CreationDate")))
        .max(Comparator.naturalOrder());
  }

  /** A copy names what it is of, in the other Region; the vault of its source it may leave out. */
  private Kind kindOf(JsonNode point) {
    return point.path("ResourceArn").asText().contains(":" + where + ":") ? Kind.BACKUP : Kind.COPY;
  }

  private Instant ago(Kind kind) {
    return clock.instant().minus(kind.longestGap);
  }

  private static Instant moment(JsonNode seconds) {
    return Instant.ofEpochSecond(seconds.asLong());
  }

  private enum Kind {
    BACKUP("backup", DailyBackupSettings.LONGEST_GAP),
    COPY("copy", DailyBackupSettings.LONGEST_GAP_OF_COPIES);

    private final String word;
    private final Duration longestGap;

    Kind(String word, Duration longestGap) {
      this.word = word;
      this.longestGap = longestGap;
    }
  }
}
