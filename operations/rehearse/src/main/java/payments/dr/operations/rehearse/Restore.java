package payments.dr.operations.rehearse;

import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Supplier;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * Backs the primary database up, copies the recovery point to the DR Region, and restores a cluster
 * of its own there: what the keys' policies allow shows nowhere else.
 *
 * @param access to AWS, once there is one
 */
record Restore(
    Project project,
    Environment environment,
    Programs programs,
    Supplier<AwsAccess> access,
    Runnable pause)
    implements Step.Action {

  /** Recovery points go by themselves, should anything keep the vaults from being emptied. */
  private static final int DAYS = 1;

  @Override
  public void run() {
    remove(); // of a run that was killed
    AwsAccess aws = access.get();
    JsonNode outputs = outputs();
    String role = output(outputs, "backupRoleArn");
    RegionPair<String> regions = regions();
    BackupJobs jobs = new BackupJobs(new JsonCalls(aws)::ask, pause);
    String source = vault(RegionRole.PRIMARY);
    String point =
        jobs.backUp(
            regions.primary(),
            body -> {
              body.put("BackupVaultName", source)
                  .put("ResourceArn", output(outputs, "primaryClusterArn"))
                  .put("IamRoleArn", role);
              return expiring(body);
            });
    String copy =
        jobs.copy(
            regions.primary(),
            body -> {
              body.put("RecoveryPointArn", point)
                  .put("SourceBackupVaultName", source)
                  .put("DestinationBackupVaultArn", vaultArn())
                  .put("IamRoleArn", role);
              return expiring(body);
            });
    jobs.restore(
        regions.dr(),
        body -> {
          body.put("RecoveryPointArn", copy).put("IamRoleArn", role);
          body.putObject("Metadata")
              .put("DBClusterIdentifier", restored())
              .put("Engine", "aurora-postgresql")
              // Without it, AWS takes its default version and not that of the backup.
              .put("EngineVersion", database().engineVersion())
              .put("DBSubnetGroupName", subnets());
          return body;
        });
  }

  /** Deletes the restored cluster, if there is one, and waits until it is gone. */
  void remove() {
    try (RdsClient rds =
        access
            .get()
            .client(
                RdsClient.builder()
                    .region(Region.of(regions().dr()))
                    .httpClientBuilder(UrlConnectionHttpClient.builder()))) {
      new ClusterRemoval(rds, restored(), pause).run();
    }
  }

  private GenerationSettings database() {
    return environment.config().databases().of(environment.config().databases().active());
  }

  private static ObjectNode expiring(ObjectNode body) {
    body.putObject("Lifecycle").put("DeleteAfterDays", DAYS);
    return body;
  }

  private String restored() {
    return environment.names().regional(RegionRole.DR, "restored");
  }

  private String subnets() {
    return environment
        .names()
        .regional(RegionRole.DR, "db-subnets-" + environment.config().databases().active().id());
  }

  private String vault(RegionRole role) {
    return environment.names().regional(role, "backup-vault");
  }

  private String vaultArn() {
    return "arn:aws:backup:%s:%s:backup-vault:%s"
        .formatted(
            regions().dr(),
            project.configuration().accountOf(environment).config().id(),
            vault(RegionRole.DR));
  }

  private RegionPair<String> regions() {
    return environment.config().regions().map(RegionSettings::name);
  }

  private JsonNode outputs() {
    String said =
        programs.ask("scripts/stacks", "output", environment.name(), environment.stackName());
    try {
      return JSON.readTree(said);
    } catch (JsonProcessingException e) {
      throw new CommandFailedException("scripts/stacks output must print JSON, got " + said);
    }
  }

  private String output(JsonNode outputs, String name) {
    String value = outputs.path(name).path("value").asText();
    if (value.isEmpty()) {
      throw new CommandFailedException(
          "%s must have the output %s, got none".formatted(environment.stackName(), name));
    }
    return value;
  }
}
