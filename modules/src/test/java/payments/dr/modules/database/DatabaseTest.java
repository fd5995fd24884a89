package payments.dr.modules.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.db_subnet_group.DbSubnetGroup;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTable;
import com.hashicorp.cdktf.providers.aws.dynamodb_table_replica.DynamodbTableReplicaA;
import com.hashicorp.cdktf.providers.aws.rds_cluster.RdsCluster;
import com.hashicorp.cdktf.providers.aws.rds_cluster_instance.RdsClusterInstance;
import com.hashicorp.cdktf.providers.aws.rds_cluster_parameter_group.RdsClusterParameterGroup;
import com.hashicorp.cdktf.providers.aws.rds_global_cluster.RdsGlobalCluster;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret.SecretsmanagerSecret;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret_policy.SecretsmanagerSecretPolicy;
import com.hashicorp.cdktf.providers.aws.secretsmanager_secret_version.SecretsmanagerSecretVersion;
import com.hashicorp.cdktf.providers.aws.security_group.SecurityGroup;
import com.hashicorp.cdktf.providers.aws.ssm_parameter.SsmParameter;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.database.ClusterSettings;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.testing.SynthesizedStack;

/** What every generation is; the classes below it say which, and where they differ. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseTest {

  private final DatabaseGeneration generation;
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final String engineVersion;
  private final int port;

  /** What stands in ids and in names: {@code database-v2}, {@code -v2}. */
  private final String construct;

  private final String suffix;

  private DatabaseStack stack;
  private SynthesizedStack synthesized;
  private SynthesizedStack throwAway;

  DatabaseTest(DatabaseGeneration generation, String suffix, String engineVersion, int port) {
    this.generation = generation;
    this.engineVersion = engineVersion;
    this.port = port;
    construct = "database-" + generation.id();
    this.suffix = suffix;
  }

  @BeforeAll
  void synthesize(@TempDir Path folder) {
    stack = new DatabaseStack(generation, folder);
    ClusterSettings primary = SettingsFactory.of(ClusterSettings.class, "instances", 4);
    ClusterSettings dr =
        SettingsFactory.of(
            ClusterSettings.class,
            "instances",
            1,
            "instanceClass",
            "db.r6g.xlarge",
            "backupRetentionDays",
            35);
    synthesized = stack.synthesize("protected", stack.settings(primary, dr, 3, 20), true, null);
    throwAway = stack.synthesize("throw-away", stack.defaults(), false, null);
  }

  @Test
  void names_are_the_generations_own() {
    assertEquals(
        "global-db" + suffix + "-test",
        global(synthesized).path("global_cluster_identifier").asText());
    assertEquals(
        "primary-db-cluster" + suffix + "-test",
        cluster("primary").path("cluster_identifier").asText());
    assertEquals(
        "dr-db-cluster" + suffix + "-test", cluster("dr").path("cluster_identifier").asText());
    assertEquals(
        List.of(
            "dr-db-instance" + suffix + "-0-test",
            "primary-db-instance" + suffix + "-0-test",
            "primary-db-instance" + suffix + "-1-test",
            "primary-db-instance" + suffix + "-2-test",
            "primary-db-instance" + suffix + "-3-test"),
        texts(synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE), "identifier"));
    assertEquals("session-table" + suffix + "-test", table(synthesized).path("name").asText());
    assertEquals("db-password" + suffix + "-test", secret(synthesized).path("name").asText());
  }

  /** The detached one, with what carries its name, stays beside it. */
  @Test
  void successor_of_a_detached_dr_cluster_has_its_incarnation_in_its_names() {
    ClusterSettings primary = SettingsFactory.of(ClusterSettings.class, "instances", 1);
    ClusterSettings dr =
        SettingsFactory.of(ClusterSettings.class, "instances", 1, "incarnation", 2);
    SynthesizedStack successor =
        stack.synthesize("successor", stack.settings(primary, dr, 1, null), true, null);

    assertEquals(
        List.of("dr-db-cluster" + suffix + "-e2-test", "primary-db-cluster" + suffix + "-test"),
        texts(successor.resources(RdsCluster.TF_RESOURCE_TYPE), "cluster_identifier"));
    assertEquals(
        List.of(
            "dr-db-instance" + suffix + "-e2-0-test", "primary-db-instance" + suffix + "-0-test"),
        texts(successor.resources(RdsClusterInstance.TF_RESOURCE_TYPE), "identifier"));
  }

  @Test
  void everything_is_deployed_in_the_region_of_its_address() {
    Map<String, JsonNode> resources = new TreeMap<>(synthesized.resources());
    resources.keySet().removeIf(address -> !address.contains("_database-"));

    assertTrue(resources.size() > 20, () -> "too few resources: " + resources.keySet());
    resources.forEach(
        (address, body) -> {
          String role = address.substring(address.indexOf('.') + 1).split("_")[0];
          assertEquals("aws." + role, body.path("provider").asText(), address);
        });
  }

  @Test
  void global_cluster_is_empty_and_both_clusters_join_it() {
    assertFalse(global(synthesized).has("database_name"));
    assertFalse(global(synthesized).has("source_db_cluster_identifier"));
    assertTrue(global(synthesized).path("storage_encrypted").asBoolean());
    String id = reference(RdsGlobalCluster.TF_RESOURCE_TYPE, "primary_" + construct, "id");
    assertEquals(id, cluster("primary").path("global_cluster_identifier").asText());
    assertEquals(id, cluster("dr").path("global_cluster_identifier").asText());
  }

  @Test
  void global_cluster_follows_a_minor_upgrade_by_aws() {
    assertEquals(
        List.of("engine_version"), list(global(synthesized).at("/lifecycle/ignore_changes")));
  }

  @Test
  void original_ignores_what_aws_changes_and_what_it_was_created_with() {
    assertEquals(
        List.of(
            "replication_source_identifier",
            "engine_version",
            "snapshot_identifier",
            "availability_zones",
            "master_username",
            "master_password",
            "database_name"),
        list(cluster("primary").at("/lifecycle/ignore_changes")));
  }

  @Test
  void secondary_ignores_what_aws_changes_and_where_it_was_copied_from() {
    assertEquals(
        List.of(
            "replication_source_identifier",
            "engine_version",
            "snapshot_identifier",
            "availability_zones",
            "source_region"),
        list(cluster("dr").at("/lifecycle/ignore_changes")));
  }

  @Test
  void instances_ignore_the_engine_version_and_nothing_else() {
    instances()
        .forEach(
            instance ->
                assertEquals(
                    List.of("engine_version"), list(instance.at("/lifecycle/ignore_changes"))));
  }

  @Test
  void one_engine_version_is_given_to_all_members() {
    Stream.concat(
            Stream.of(global(synthesized), cluster("primary"), cluster("dr")), instances().stream())
        .forEach(member -> assertEquals(engineVersion, member.path("engine_version").asText()));
  }

  @Test
  void only_the_original_has_credentials_and_a_database() {
    assertEquals("dbadmin", cluster("primary").path("master_username").asText());
    assertEquals("paymentsdb", cluster("primary").path("database_name").asText());
    for (String argument :
        List.of(
            "master_username",
            "master_password",
            "master_password_wo",
            "master_password_wo_version",
            "manage_master_user_password",
            "database_name",
            "replication_source_identifier")) {
      assertFalse(cluster("dr").has(argument), argument);
    }
  }

  @Test
  void encrypted_copy_is_asked_for_in_the_originals_region() {
    assertEquals("us-east-1", cluster("dr").path("source_region").asText());
    assertFalse(cluster("primary").has("source_region"));
  }

  @Test
  void secondary_is_made_after_and_destroyed_before_the_originals_instances() {
    List<String> earlier = list(cluster("dr").path("depends_on"));

    Set<String> originals =
        synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE).keySet().stream()
            .filter(address -> address.contains(".primary_"))
            .collect(Collectors.toSet());
    assertEquals(4, originals.size());
    assertTrue(earlier.containsAll(originals), earlier::toString);
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void log_group_exists_before_the_cluster_that_writes_to_it(RegionRole role) {
    Map.Entry<String, JsonNode> log =
        synthesized.resources(CloudwatchLogGroup.TF_RESOURCE_TYPE).entrySet().stream()
            .filter(group -> group.getKey().contains("." + role.id() + "_" + construct))
            .findAny()
            .orElseThrow();

    assertEquals(
        "/aws/rds/cluster/" + role.id() + "-db-cluster" + suffix + "-test/postgresql",
        log.getValue().path("name").asText());
    assertEquals(400, log.getValue().path("retention_in_days").asInt());
    assertTrue(log.getValue().path("kms_key_id").asText().contains(role.id() + "_encryption_logs"));
    assertTrue(list(cluster(role.id()).path("depends_on")).contains(log.getKey()));
    assertEquals(
        List.of("postgresql"), list(cluster(role.id()).path("enabled_cloudwatch_logs_exports")));
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void everything_lies_under_the_data_key_of_its_own_region(RegionRole role) {
    String key = role.id() + "_encryption_data_";

    assertTrue(cluster(role.id()).path("storage_encrypted").asBoolean());
    assertTrue(cluster(role.id()).path("kms_key_id").asText().contains(key));
    synthesized
        .resources(RdsClusterInstance.TF_RESOURCE_TYPE)
        .forEach(
            (address, instance) -> {
              if (address.contains("." + role.id() + "_")) {
                String insights = instance.path("performance_insights_kms_key_id").asText();
                assertTrue(insights.contains(key), address);
              }
            });
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void cluster_signs_in_with_iam_on_a_port_of_its_own(RegionRole role) {
    JsonNode cluster = cluster(role.id());

    assertTrue(cluster.path("iam_database_authentication_enabled").asBoolean());
    assertEquals(port, cluster.path("port").asInt());
    assertTrue(cluster.path("copy_tags_to_snapshot").asBoolean());
  }

  @Test
  void a_changed_password_does_not_wait_for_the_maintenance_window() {
    assertTrue(cluster("primary").path("apply_immediately").asBoolean());
  }

  /** AWS: "upgrade the secondary clusters before the primary cluster"; equal versions move. */
  @Test
  void maintenance_meets_dr_first_and_the_primary_region_a_day_later() {
    String dr = cluster("dr").path("preferred_maintenance_window").asText();
    String primary = cluster("primary").path("preferred_maintenance_window").asText();

    assertTrue(dr.matches("([a-z]{3}):05:00-\\1:06:00"), dr);
    assertEquals(dr.substring(3, 10), primary.substring(3, 10));
    assertEquals(
        (DAYS.indexOf(dr.substring(0, 3)) + 1) % DAYS.size(),
        DAYS.indexOf(primary.substring(0, 3)));
    instances()
        .forEach(
            instance ->
                assertTrue(
                    Set.of(dr, primary)
                        .contains(instance.path("preferred_maintenance_window").asText())));
  }

  @Test
  void instances_are_private_pinned_and_watched() {
    instances()
        .forEach(
            instance -> {
              assertFalse(instance.path("publicly_accessible").asBoolean(true));
              assertFalse(instance.path("auto_minor_version_upgrade").asBoolean(true));
              assertEquals("rds-ca-rsa2048-g1", instance.path("ca_cert_identifier").asText());
              assertEquals(15, instance.path("monitoring_interval").asInt());
              assertTrue(instance.path("performance_insights_enabled").asBoolean());
              assertTrue(
                  instance.path("monitoring_role_arn").asText().contains("_monitoring_role"));
            });
  }

  @Test
  void instances_are_spread_over_the_zones_in_order() {
    assertEquals(
        List.of("us-east-2a", "us-east-1a", "us-east-1b", "us-east-1c", "us-east-1a"),
        texts(synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE), "availability_zone"));
    assertEquals(
        List.of("0", "0", "1", "2", "3"),
        texts(synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE), "promotion_tier"));
  }

  @Test
  void clusters_differ_only_where_settings_say_so() {
    assertEquals(14, cluster("primary").path("backup_retention_period").asInt());
    assertEquals(35, cluster("dr").path("backup_retention_period").asInt());
    assertEquals(
        List.of("db.r6g.xlarge", "db.r6g.large"),
        texts(synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE), "instance_class").stream()
            .distinct()
            .toList());
  }

  @Test
  void parameters_are_equal_but_for_the_bound_on_loss() {
    Map<String, String> dr = parameters(synthesized, "dr");
    Map<String, String> primary = parameters(synthesized, "primary");

    assertEquals(
        Map.of(
            "rds.force_ssl", "1 pending-reboot",
            "rds.logical_replication", "1 pending-reboot",
            "shared_preload_libraries", "pg_stat_statements,pgaudit pending-reboot",
            "log_connections", "1 immediate",
            "log_disconnections", "1 immediate",
            "log_statement", "none immediate",
            "pgaudit.log", "ddl,role immediate"),
        dr);
    assertEquals("20 immediate", primary.remove("rds.global_db_rpo"));
    assertEquals(dr, primary);
    assertEquals(parameters(throwAway, "dr"), parameters(throwAway, "primary"));
  }

  @Test
  void no_password_is_in_the_json() {
    synthesized
        .resources()
        .forEach(
            (address, body) -> {
              assertFalse(body.has("master_password"), address);
              assertFalse(body.has("secret_string"), address);
              assertFalse(body.has("secret_binary"), address);
            });
  }

  @Test
  void cluster_is_given_the_stored_password_of_the_same_version() {
    JsonNode version = synthesized.only(SecretsmanagerSecretVersion.TF_RESOURCE_TYPE);
    JsonNode ephemeral = synthesized.json().path("ephemeral");

    assertEquals(
        "${ephemeral.aws_secretsmanager_random_password." + construct + ".random_password}",
        version.path("secret_string_wo").asText());
    assertEquals(
        "${ephemeral.aws_secretsmanager_secret_version." + construct + ".secret_string}",
        cluster("primary").path("master_password_wo").asText());
    assertEquals(3, version.path("secret_string_wo_version").asInt());
    assertEquals(3, cluster("primary").path("master_password_wo_version").asInt());
    // Not the one that Secrets Manager calls current, which may be older for a moment.
    assertEquals(
        reference(SecretsmanagerSecretVersion.TF_RESOURCE_TYPE, "dr_" + construct, "version_id"),
        read(ephemeral, "version_id"));
  }

  /** Terraform opens an ephemeral resource as soon as it knows all that it is given. */
  @Test
  void password_is_read_for_an_apply_and_for_no_plan() {
    String stored =
        reference(SecretsmanagerSecretVersion.TF_RESOURCE_TYPE, "dr_" + construct, "secret_id");

    assertEquals(
        stored + "${substr(timestamp(), 0, 0)}",
        read(synthesized.json().path("ephemeral"), "secret_id"));
  }

  private String read(JsonNode ephemeral, String attribute) {
    return ephemeral
        .at("/aws_secretsmanager_secret_version/" + construct + "/" + attribute)
        .asText();
  }

  @Test
  void password_is_read_without_the_primary_region() {
    synthesized
        .json()
        .path("ephemeral")
        .forEach(type -> assertEquals("aws.dr", type.at("/" + construct + "/provider").asText()));
  }

  @Test
  void secret_has_a_replica_under_the_primary_key() {
    JsonNode secret = secret(synthesized);

    assertTrue(secret.path("kms_key_id").asText().contains("dr_encryption_data_"));
    assertEquals("us-east-1", secret.at("/replica/0/region").asText());
    assertTrue(secret.at("/replica/0/kms_key_id").asText().contains("primary_encryption_data_"));
  }

  @Test
  void secret_refuses_other_accounts_and_plain_text() {
    JsonNode policy = synthesized.only(SecretsmanagerSecretPolicy.TF_RESOURCE_TYPE);
    JsonNode statements = SynthesizedStack.embedded(policy.path("policy")).path("Statement");

    assertTrue(policy.path("block_public_policy").asBoolean());
    assertEquals(2, statements.size());
    statements.forEach(statement -> assertEquals("Deny", statement.path("Effect").asText()));
    assertEquals(
        "123456789012",
        statements.at("/0/Condition/StringNotEquals/aws:PrincipalAccount").asText());
    assertEquals(
        "false", statements.at("/0/Condition/BoolIfExists/aws:PrincipalIsAWSService").asText());
    assertEquals("false", statements.at("/1/Condition/Bool/aws:SecureTransport").asText());
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void only_the_application_of_the_same_region_reaches_the_cluster(RegionRole role) {
    String prefix = role.id() + "_" + construct;
    JsonNode in = synthesized.only(VpcSecurityGroupIngressRule.TF_RESOURCE_TYPE, prefix);
    JsonNode out = synthesized.only(VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE, prefix);
    String application =
        reference(SecurityGroup.TF_RESOURCE_TYPE, role.id() + "_application", "id");
    String database = reference(SecurityGroup.TF_RESOURCE_TYPE, prefix, "id");

    assertEquals(application, in.path("referenced_security_group_id").asText());
    assertEquals(database, in.path("security_group_id").asText());
    assertEquals(database, out.path("referenced_security_group_id").asText());
    assertEquals(application, out.path("security_group_id").asText());
    for (JsonNode rule : List.of(in, out)) {
      assertEquals(port, rule.path("from_port").asInt());
      assertEquals(port, rule.path("to_port").asInt());
      assertEquals("tcp", rule.path("ip_protocol").asText());
    }
    assertEquals(List.of(database), list(cluster(role.id()).path("vpc_security_group_ids")));
  }

  @Test
  void clusters_stand_in_the_database_tier() {
    JsonNode subnets = synthesized.only(DbSubnetGroup.TF_RESOURCE_TYPE, "dr_" + construct);

    assertEquals(3, subnets.path("subnet_ids").size());
    list(subnets.path("subnet_ids"))
        .forEach(subnet -> assertTrue(subnet.contains("dr_network_database_"), subnet));
  }

  @Test
  void session_table_and_replica_have_keys_recovery_and_protection_of_their_own() {
    JsonNode table = table(synthesized);
    JsonNode replica = synthesized.only(DynamodbTableReplicaA.TF_RESOURCE_TYPE);

    assertEquals("PAY_PER_REQUEST", table.path("billing_mode").asText());
    assertEquals("sessionId", table.path("hash_key").asText());
    assertEquals("expiresAt", table.at("/ttl/attribute_name").asText());
    assertEquals("NEW_AND_OLD_IMAGES", table.path("stream_view_type").asText());
    assertTrue(table.at("/point_in_time_recovery/enabled").asBoolean());
    assertTrue(
        table.at("/server_side_encryption/kms_key_arn").asText().contains("primary_encryption_"));
    assertTrue(table.path("deletion_protection_enabled").asBoolean());
    assertEquals(List.of("replica"), list(table.at("/lifecycle/ignore_changes")));
    assertFalse(table.has("replica"));
    assertEquals("aws.dr", replica.path("provider").asText());
    assertTrue(replica.path("point_in_time_recovery").asBoolean());
    assertTrue(replica.path("kms_key_arn").asText().contains("dr_encryption_data_"));
    assertTrue(replica.path("deletion_protection_enabled").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws_rds_global_cluster",
        "aws_rds_cluster",
        "aws_secretsmanager_secret",
        "aws_dynamodb_table",
        "aws_dynamodb_table_replica"
      })
  void what_holds_data_cannot_be_destroyed_while_protected(String type) {
    assertFalse(synthesized.resources(type).isEmpty());
    synthesized
        .resources(type)
        .forEach((address, body) -> assertTrue(preventsDestroy(body), address));
    throwAway
        .resources(type)
        .forEach((address, body) -> assertFalse(preventsDestroy(body), address));
  }

  @Test
  void protected_data_is_kept_even_when_its_cluster_goes() {
    synthesized
        .resources(RdsCluster.TF_RESOURCE_TYPE)
        .forEach(
            (address, cluster) -> {
              assertTrue(cluster.path("deletion_protection").asBoolean(), address);
              assertFalse(cluster.path("skip_final_snapshot").asBoolean(true), address);
              assertFalse(cluster.path("delete_automated_backups").asBoolean(true), address);
            });
    assertEquals(
        "primary-db-final" + suffix + "-test",
        cluster("primary").path("final_snapshot_identifier").asText());
    assertEquals(
        "dr-db-final" + suffix + "-test", cluster("dr").path("final_snapshot_identifier").asText());
    assertTrue(global(synthesized).path("deletion_protection").asBoolean());
    assertEquals(30, secret(synthesized).path("recovery_window_in_days").asInt());
    assertFalse(secret(synthesized).path("force_overwrite_replica_secret").asBoolean(true));
  }

  @Test
  void throw_away_data_leaves_nothing_behind() {
    throwAway
        .resources(RdsCluster.TF_RESOURCE_TYPE)
        .forEach(
            (address, cluster) -> {
              assertFalse(cluster.path("deletion_protection").asBoolean(true), address);
              assertTrue(cluster.path("skip_final_snapshot").asBoolean(), address);
              assertTrue(cluster.path("delete_automated_backups").asBoolean(), address);
            });
    assertFalse(global(throwAway).path("deletion_protection").asBoolean(true));
    assertFalse(table(throwAway).path("deletion_protection_enabled").asBoolean(true));
    assertEquals(0, secret(throwAway).path("recovery_window_in_days").asInt(-1));
    assertTrue(secret(throwAway).path("force_overwrite_replica_secret").asBoolean());
  }

  @Test
  void retiring_lifts_protection_and_leaves_snapshots_even_of_throw_away_data() {
    for (boolean protectData : new boolean[] {true, false}) {
      SynthesizedStack retiring =
          stack.synthesize("retiring-" + protectData, stack.defaults(), protectData, "last");

      for (RegionRole role : RegionRole.values()) {
        JsonNode cluster = retiring.only(RdsCluster.TF_RESOURCE_TYPE, role.id() + "_" + construct);
        assertFalse(cluster.path("deletion_protection").asBoolean(true));
        assertFalse(preventsDestroy(cluster));
        assertFalse(cluster.path("skip_final_snapshot").asBoolean(true));
        assertEquals(role.id() + "-last-test", cluster.path("final_snapshot_identifier").asText());
        assertEquals(!protectData, cluster.path("delete_automated_backups").asBoolean());
      }
      assertFalse(preventsDestroy(secret(retiring)));
      assertEquals(
          protectData ? 30 : 0, secret(retiring).path("recovery_window_in_days").asInt(-1));
    }
  }

  @Test
  void losing_a_member_of_the_global_database_is_said_aloud() {
    String members =
        reference(
            RdsGlobalCluster.TF_RESOURCE_TYPE, "primary_" + construct, "global_cluster_members");

    assertEquals(
        members.replace("${", "${length(").replace("}", ") != 1}"),
        synthesized.json().at("/check/" + construct + "/assert/0/condition").asText());
  }

  @Test
  void global_writer_endpoint_is_auroras_own() {
    assertEquals(
        reference(RdsGlobalCluster.TF_RESOURCE_TYPE, "primary_" + construct, "endpoint"),
        synthesized.json().at("/output/global_writer_endpoint/value").asText());
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void pointer_names_the_cluster_of_its_own_region(RegionRole role) {
    JsonNode parameter =
        synthesized.only(SsmParameter.TF_RESOURCE_TYPE, role.id() + "_database-pointer");
    JsonNode value = SynthesizedStack.embedded(parameter.path("insecure_value"));
    String prefix = role.id() + "_" + construct + "_aurora";

    assertEquals("/payments/test/database", parameter.path("name").asText());
    assertEquals("String", parameter.path("type").asText());
    assertEquals(generation.id(), value.path("generation").asText());
    assertEquals(
        reference(RdsCluster.TF_RESOURCE_TYPE, prefix, "endpoint"), value.path("writer").asText());
    assertEquals(
        reference(RdsCluster.TF_RESOURCE_TYPE, prefix, "reader_endpoint"),
        value.path("reader").asText());
    assertEquals(port, value.path("port").asInt());
    assertEquals("paymentsdb", value.path("database").asText());
    assertEquals(secretArn(role), value.path("secretArn").asText());
    assertEquals("payments_app", value.path("user").asText());
    assertEquals("session-table" + suffix + "-test", value.path("sessionTable").asText());
    assertEquals(role.id() + "-ledger-test", value.path("ledgerTable").asText());
  }

  @Test
  void replicas_arn_is_that_of_the_secret_in_the_other_region() {
    String secret = reference(SecretsmanagerSecret.TF_RESOURCE_TYPE, "dr_" + construct, "arn");

    assertEquals(
        "${replace("
            + secret.substring(2, secret.length() - 1)
            + ", \":us-east-2:\", \":us-east-1:\")}",
        synthesized.json().path("locals").elements().next().asText());
  }

  @ParameterizedTest
  @EnumSource(RegionRole.class)
  void application_may_use_the_data_of_its_region_and_nothing_else(RegionRole role) {
    JsonNode statements =
        SynthesizedStack.embedded(
                synthesized.json().at("/output/" + role.id() + "_application/value"))
            .path("Statement");
    Map<String, JsonNode> bySid = new TreeMap<>();
    statements.forEach(statement -> bySid.put(statement.path("Sid").asText(), statement));
    String region = role == RegionRole.PRIMARY ? "us-east-1" : "us-east-2";

    assertEquals(
        Set.of(
            "SignIn" + generation,
            "UseSessions" + generation,
            "DecryptData" + generation,
            "ReadDatabasePointer"),
        bySid.keySet());
    bySid.forEach(
        (sid, statement) -> {
          assertEquals("Allow", statement.path("Effect").asText(), sid);
          assertFalse(statement.path("Action").toString().contains("*"), sid);
          assertFalse(statement.path("Resource").toString().contains("*"), sid);
        });
    String cluster =
        reference(RdsCluster.TF_RESOURCE_TYPE, role.id() + "_" + construct, "cluster_resource_id");
    assertEquals(
        "arn:aws:rds-db:" + region + ":123456789012:dbuser:" + cluster + "/payments_app",
        bySid.get("SignIn" + generation).path("Resource").asText());
    assertTrue(
        bySid
            .get("UseSessions" + generation)
            .path("Resource")
            .asText()
            .contains(role.id() + "_" + construct + "_session_"));
    assertFalse(
        list(bySid.get("UseSessions" + generation).path("Action")).contains("dynamodb:Scan"));
    assertTrue(
        bySid
            .get("DecryptData" + generation)
            .path("Resource")
            .asText()
            .contains(role.id() + "_encryption_data_"));
    assertEquals(
        "dynamodb." + region + ".amazonaws.com",
        bySid
            .get("DecryptData" + generation)
            .at("/Condition/StringEquals/kms:ViaService")
            .asText());
  }

  private static JsonNode global(SynthesizedStack stack) {
    return stack.only(RdsGlobalCluster.TF_RESOURCE_TYPE);
  }

  private static JsonNode table(SynthesizedStack stack) {
    return stack.only(DynamodbTable.TF_RESOURCE_TYPE);
  }

  private static JsonNode secret(SynthesizedStack stack) {
    return stack.only(SecretsmanagerSecret.TF_RESOURCE_TYPE);
  }

  private JsonNode cluster(String role) {
    return synthesized.only(RdsCluster.TF_RESOURCE_TYPE, role + "_" + construct);
  }

  private List<JsonNode> instances() {
    return List.copyOf(synthesized.resources(RdsClusterInstance.TF_RESOURCE_TYPE).values());
  }

  private Map<String, String> parameters(SynthesizedStack stack, String role) {
    Map<String, String> parameters = new TreeMap<>();
    stack
        .only(RdsClusterParameterGroup.TF_RESOURCE_TYPE, role + "_" + construct)
        .path("parameter")
        .forEach(
            parameter ->
                parameters.put(
                    parameter.path("name").asText(),
                    parameter.path("value").asText()
                        + " "
                        + parameter.path("apply_method").asText()));
    return parameters;
  }

  private static boolean preventsDestroy(JsonNode body) {
    return body.at("/lifecycle/prevent_destroy").asBoolean();
  }

  private String secretArn(RegionRole role) {
    return switch (role) {
      case PRIMARY -> "${local." + synthesized.json().path("locals").fieldNames().next() + "}";
      case DR -> reference(SecretsmanagerSecret.TF_RESOURCE_TYPE, "dr_" + construct, "arn");
    };
  }

  /** How Terraform writes an attribute of the only resource of a type with that prefix. */
  private String reference(String type, String prefix, String attribute) {
    Map<String, JsonNode> found = synthesized.resources(type);
    found.keySet().removeIf(address -> !address.startsWith(type + "." + prefix));
    assertEquals(1, found.size(), found.keySet()::toString);
    return "${" + found.keySet().iterator().next() + "." + attribute + "}";
  }

  private static List<String> texts(Map<String, JsonNode> resources, String attribute) {
    return resources.values().stream().map(body -> body.path(attribute).asText()).toList();
  }

  private static List<String> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }
}
