package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.atLeast;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.none;
import static payments.dr.compliance.Requirement.off;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.target;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Aurora. */
final class DatabaseRules {

  private static final List<String> CLUSTER = types("aws_rds_cluster");
  private static final List<String> INSTANCE = types("aws_rds_cluster_instance");

  /** Names that attackers try first. */
  private static final Set<String> ADMINISTRATORS =
      Set.of("admin", "administrator", "postgres", "root", "rdsadmin", "master");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "cluster-not-encrypted",
              "databases are encrypted with the own Region's key",
              CLUSTER,
              Scope.ALWAYS,
              on("storage_encrypted").and(ownKey("kms_key_id")),
              pci("3.5.1").fsbp("RDS.1", "RDS.3", "RDS.4", "RDS.27").cis("2.2.1"),
              "a snapshot that is shared by mistake would be readable",
              "encrypt with the Region's data key"),
          new Rule(
              "global-cluster-not-encrypted",
              "global databases are encrypted",
              types("aws_rds_global_cluster"),
              Scope.ALWAYS,
              on("storage_encrypted"),
              pci("3.5.1").fsbp("RDS.27").cis("2.2.1"),
              "its clusters could be made without encryption",
              "set storage_encrypted"),
          new Rule(
              "cluster-accepts-plain-text",
              "databases refuse plain text",
              CLUSTER,
              Scope.ALWAYS,
              parameter("rds.force_ssl", "\"1\"", "1"::equals),
              pci("4.2.1(k)"),
              "a client that forgets TLS would send card data in plain text",
              "set rds.force_ssl in the group of both Regions"),
          new Rule(
              "instance-certificate-not-chosen",
              "instances have a certificate by choice",
              INSTANCE,
              Scope.ALWAYS,
              has("ca_cert_identifier"),
              pci("4.2.1(k)"),
              "AWS would choose the authority, and clients that verify would not know it",
              "name the certificate authority"),
          new Rule(
              "iam-sign-in-off",
              "people and programs sign in by IAM",
              CLUSTER,
              Scope.ALWAYS,
              on("iam_database_authentication_enabled"),
              pci("7.2.1(k)", "8.2.7", "8.3.4").fsbp("RDS.10", "RDS.12"),
              "passwords are shared and outlive people",
              "enable IAM authentication"),
          new Rule(
              "database-public",
              "databases are not public",
              INSTANCE,
              Scope.ALWAYS,
              off("publicly_accessible"),
              pci("1.3.1", "1.4.2").fsbp("RDS.2").cis("2.2.3"),
              "a database has no business with the internet",
              "set publicly_accessible to false"),
          new Rule(
              "cluster-deletable",
              "databases are not deleted by mistake",
              types("aws_rds_cluster", "aws_rds_global_cluster"),
              Scope.KEPT_DATA,
              on("deletion_protection"),
              pci("12.10.1(k)").fsbp("RDS.7"),
              "a cluster is gone in minutes, its copy with it",
              "protect it"),
          new Rule(
              "final-snapshot-skipped",
              "the last snapshot of a database is kept",
              CLUSTER,
              Scope.KEPT_DATA,
              off("skip_final_snapshot").and(has("final_snapshot_identifier")),
              pci("10.3.3"),
              "nothing would be left of what is deleted",
              "name a final snapshot"),
          new Rule(
              "snapshot-tags-not-copied",
              "snapshots carry their database's tags",
              types("aws_rds_cluster", "aws_rds_cluster_instance"),
              Scope.ALWAYS,
              on("copy_tags_to_snapshot"),
              pci("10.3.3").fsbp("RDS.16", "RDS.17"),
              "nobody would know what a snapshot is of, and how to treat it",
              "set copy_tags_to_snapshot"),
          new Rule(
              "backup-retention-short",
              "databases go back 14 days",
              CLUSTER,
              Scope.ALWAYS,
              atLeast("backup_retention_period", 14),
              pci("10.3.3", "12.10.1(k)").fsbp("RDS.11", "RDS.50"),
              "the snapshot of what an unplanned failover loses lives as long",
              "keep backups for 14 days or more"),
          new Rule(
              "database-logs-not-exported",
              "databases' logs are exported",
              CLUSTER,
              Scope.ALWAYS,
              new Requirement(
                  "enabled_cloudwatch_logs_exports with \"postgresql\"",
                  (cluster, stack) ->
                      faultIf(
                          !contains(cluster.at("enabled_cloudwatch_logs_exports"), "postgresql"),
                          cluster.describe("enabled_cloudwatch_logs_exports"))),
              pci("10.2.1").fsbp("RDS.9", "RDS.37"),
              "logs on the server go with the server",
              "export the PostgreSQL log"),
          new Rule(
              "database-changes-not-audited",
              "changes of roles and tables are audited",
              CLUSTER,
              Scope.ALWAYS,
              parameter("shared_preload_libraries", "pgaudit among others", list("pgaudit"))
                  .and(parameter("pgaudit.log", "ddl and role", list("ddl", "role")))
                  .and(parameter("log_connections", "\"1\"", "1"::equals))
                  .and(
                      parameter(
                          "log_statement", "\"none\" or \"ddl\"", Set.of("none", "ddl")::contains)),
              pci("10.2.1"),
              "nobody could tell who gave whom which right; log_statement beyond ddl would log card data",
              "load pgaudit, and let it log ddl and role"),
          new Rule(
              "cluster-in-one-zone",
              "databases outlive a zone",
              CLUSTER,
              Scope.KEPT_DATA,
              inTwoZones(),
              pci("12.10.1(k)").fsbp("RDS.5", "RDS.15").cis("2.2.4"),
              "a lost zone would be a failover to the other Region",
              "run two instances or more"),
          new Rule(
              "engine-version-not-fixed",
              "versions are equal in both Regions and change by decision",
              types("aws_rds_cluster", "aws_rds_cluster_instance"),
              Scope.ALWAYS,
              off("auto_minor_version_upgrade").and(versionOfGlobal()),
              pci("6.3.3"),
              "Aurora refuses a failover between unequal versions",
              "pin engine_version, and switch automatic upgrades off"),
          new Rule(
              "performance-data-not-encrypted",
              "performance data are encrypted with an own key",
              INSTANCE,
              Scope.ALWAYS,
              on("performance_insights_enabled").and(ownKey("performance_insights_kms_key_id")),
              pci("3.5.1"),
              "they show statements",
              "give Performance Insights the Region's data key"),
          new Rule(
              "database-not-monitored",
              "instances are watched from inside",
              INSTANCE,
              Scope.ALWAYS,
              atLeast("monitoring_interval", 1).and(has("monitoring_role_arn")),
              pci("10.7.2").fsbp("RDS.6"),
              "the hypervisor does not see what the system runs short of",
              "enable enhanced monitoring"),
          new Rule(
              "administrator-name-usual",
              "administrators have no usual name",
              CLUSTER,
              Scope.ALWAYS,
              new Requirement(
                  "master_username none of " + ADMINISTRATORS.stream().sorted().toList(),
                  (cluster, stack) ->
                      faultIf(
                          ADMINISTRATORS.contains(
                              cluster.text("master_username").toLowerCase(Locale.ROOT)),
                          cluster.describe("master_username"))),
              pci("2.2.2(k)").fsbp("RDS.24", "RDS.25"),
              "half of a login would be known",
              "choose another name"),
          new Rule(
              "database-port-usual",
              "databases have no usual port",
              CLUSTER,
              Scope.ALWAYS,
              new Requirement(
                  "port other than 5432; 5432 for generation v1, which its applications know",
                  (cluster, stack) ->
                      faultIf(
                          (!cluster.has("port") || cluster.text("port").equals("5432"))
                              && !cluster.address().contains("_database-v1_"),
                          cluster.describe("port"))),
              pci("2.2.2(k)").fsbp("RDS.23"),
              "scanners try the usual one first",
              "choose another port"),
          new Rule(
              "password-in-state",
              "the state holds no password",
              types("aws_rds_cluster", "aws_secretsmanager_secret_version"),
              Scope.ALWAYS,
              none("master_password", "secret_string", "secret_binary"),
              pci("8.3.2"),
              "every reader of the state would read the password",
              "write it by master_password_wo and secret_string_wo"));

  private DatabaseRules() {}

  /** A key that lies in the other Region could not be reached when it counts. */
  static Requirement ownKey(String path) {
    return new Requirement(
        path + " of a key in the own Region",
        (resource, stack) ->
            faultIf(!resource.has(path), resource.describe(path))
                .or(
                    () ->
                        stack
                            .named(resource, path)
                            .filter(key -> !key.text("provider").equals(resource.text("provider")))
                            .map(key -> key.address() + " in " + stack.region(key))));
  }

  private static Requirement parameter(String name, String allowed, Predicate<String> right) {
    return target(
        "db_cluster_parameter_group_name",
        new Requirement(
            "parameter " + name + " " + allowed,
            (group, stack) -> {
              String value = "";
              for (JsonNode parameter : group.at("parameter")) {
                if (parameter.path("name").asText().equals(name)) {
                  value = parameter.path("value").asText();
                }
              }
              return faultIf(
                  !right.test(value),
                  value.isEmpty() ? name + " is absent" : name + " is \"" + value + "\"");
            }));
  }

  private static Predicate<String> list(String... needed) {
    return value -> Set.of(value.split(",")).containsAll(List.of(needed));
  }

  private static boolean contains(JsonNode array, String text) {
    for (JsonNode element : array) {
      if (element.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }

  private static Requirement inTwoZones() {
    return new Requirement(
        "instances in 2 zones or more",
        (cluster, stack) -> {
          long zones =
              stack
                  .naming("aws_rds_cluster_instance", "cluster_identifier", cluster)
                  .map(instance -> instance.text("availability_zone"))
                  .distinct()
                  .count();
          return faultIf(zones < 2, "instances in " + zones + " zones");
        });
  }

  private static Requirement versionOfGlobal() {
    return new Requirement(
        "engine_version of the global cluster",
        (resource, stack) -> {
          Resource cluster = stack.named(resource, "cluster_identifier").orElse(resource);
          String expected =
              stack
                  .named(cluster, "global_cluster_identifier")
                  .map(global -> global.text("engine_version"))
                  .orElse("");
          return faultIf(
              !resource.text("engine_version").equals(expected),
              resource.describe("engine_version") + ", the global cluster's is " + expected);
        });
  }
}
