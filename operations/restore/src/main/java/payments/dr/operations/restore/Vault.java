package payments.dr.operations.restore;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.aws.JsonRequest;

/**
 * The backup vault of a Region, and what is in it of the environment's databases.
 *
 * @param lock for a person: whether a valid administrator can delete what is in it
 * @param points the newest first
 */
record Vault(String name, String lock, List<RecoveryPoint> points) {

  private static final String SERVICE = "backup";

  /** One plan makes the points of cluster and table at the same hour. */
  private static final Duration SAME_RUN = Duration.ofHours(12);

  Vault {
    points = List.copyOf(points);
  }

  /**
   * Asks AWS Backup.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when it does not answer, or there is
   *     no such vault
   */
  static Vault of(Site site) {
    String name = site.named("backup-vault");
    String path = "/backup-vaults/" + name;
    JsonNode vault = site.json().apply(JsonRequest.get(SERVICE, "DescribeBackupVault", path));
    List<RecoveryPoint> points = new ArrayList<>();
    JsonRequest.get(SERVICE, "ListRecoveryPointsByBackupVault", path + "/recovery-points/")
        .all(site.json(), "RecoveryPoints")
        .forEach(point -> read(site, point).ifPresent(points::add));
    points.sort(Comparator.comparing(RecoveryPoint::created).reversed());
    return new Vault(name, lock(vault), points);
  }

  /** Empty for what is not of the environment's databases. */
  private static Optional<RecoveryPoint> read(Site site, JsonNode point) {
    String resource = point.path("ResourceArn").asText();
    Optional<Kind> kind = Kind.of(point.path("ResourceType").asText());
    Optional<DatabaseGeneration> generation =
        kind.flatMap(one -> one.generation(site.names(), resource));
    return generation.map(
        of ->
            new RecoveryPoint(
                point.path("RecoveryPointArn").asText(),
                kind.get(),
                of,
                resource.split(":")[3],
                moment(point.path("CreationDate")).orElseThrow(),
                point.path("BackupSizeInBytes").asLong(),
                point.path("Status").asText(),
                moment(point.at("/CalculatedLifecycle/DeleteAt"))));
  }

  private static String lock(JsonNode vault) {
    if (!vault.path("Locked").asBoolean()) {
      return "not locked: an administrator can delete what is in it";
    }
    String days =
        vault.path("MinRetentionDays").isNumber()
            ? ", %d days at least".formatted(vault.path("MinRetentionDays").asInt())
            : "";
    return moment(vault.path("LockDate"))
            .map(since -> "locked; from %s on nobody can remove the lock".formatted(since))
            .orElse("locked, until somebody with the permission removes the lock")
        + days;
  }

  private static Optional<Instant> moment(JsonNode seconds) {
    return seconds.isNumber()
        ? Optional.of(Instant.ofEpochMilli((long) (seconds.asDouble() * 1000)))
        : Optional.empty();
  }

  Optional<RecoveryPoint> point(String arn) {
    return points.stream().filter(point -> point.arn().equals(arn)).findFirst();
  }

  /** The table's of the run that made a cluster's, if there is one. */
  Optional<RecoveryPoint> sessionsBeside(RecoveryPoint cluster) {
    return points.stream()
        .filter(point -> point.kind() == Kind.SESSIONS && point.isComplete())
        .filter(point -> point.generation() == cluster.generation())
        .filter(point -> apart(point, cluster).compareTo(SAME_RUN) <= 0)
        .min(
            Comparator.comparing((RecoveryPoint point) -> !point.source().equals(cluster.source()))
                .thenComparing(point -> apart(point, cluster)));
  }

  private static Duration apart(RecoveryPoint one, RecoveryPoint other) {
    return Duration.between(one.created(), other.created()).abs();
  }
}
