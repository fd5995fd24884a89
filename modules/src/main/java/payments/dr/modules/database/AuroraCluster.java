package payments.dr.modules.database;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.rds_cluster.RdsCluster;
import com.hashicorp.cdktf.providers.aws.rds_cluster.RdsClusterTimeouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * One Region's cluster of the global database, with parameters, log and instances.
 *
 * <p>Which of the two writes changes with every switchover, and no plan may notice. What differs
 * here is only which was <em>created</em> first, and that never changes.
 */
public final class AuroraCluster extends Component {

  /** Daily, UTC; before either maintenance window. */
  private static final String BACKUP_WINDOW = "03:00-04:00";

  /**
   * AWS moves these between the clusters (the first, whose removal would promote the former
   * primary) or changes them during upgrades and restores. Membership of the global database is not
   * among them: ignoring it would hide that the DR copy is gone.
   */
  private static final List<String> CHANGED_BY_AWS =
      List.of(
          "replication_source_identifier",
          "engine_version",
          "snapshot_identifier",
          "availability_zones");

  /** Given at creation; a secondary has none, and the original may be one by now. */
  private static final List<String> GIVEN_AT_CREATION =
      List.of("master_username", "master_password", "database_name");

  private final Region region;
  private final String name;
  private final Reference cluster;
  private final ClusterInstances instances;

  private AuroraCluster(
      Component scope, String id, Region region, AuroraClusterProps props, Origin origin) {
    super(scope, id);
    this.region = region;
    GenerationProps generation = props.generation();
    GenerationSettings settings = generation.settings();
    name = generation.cluster(region);
    List<ITerraformDependable> earlier = new ArrayList<>(origin.earlier());
    earlier.add(log(name, generation));
    RdsCluster.Builder builder =
        RdsCluster.Builder.create(this, "cluster")
            .provider(region.provider())
            .clusterIdentifier(name)
            .globalClusterIdentifier(props.global().id())
            .engine(GlobalCluster.ENGINE)
            .engineVersion(settings.engineVersion())
            .port(settings.port())
            .dbSubnetGroupName(props.access().subnetGroupName())
            .vpcSecurityGroupIds(List.of(props.access().securityGroupId()))
            .dbClusterParameterGroupName(
                new ClusterParameters(this, "parameters", region, generation, origin.parameters())
                    .name())
            .storageEncrypted(true)
            .kmsKeyId(generation.dataKey(region))
            .iamDatabaseAuthenticationEnabled(true)
            .enabledCloudwatchLogsExports(List.of("postgresql"))
            .backupRetentionPeriod(settings.clusters().get(region.role()).backupRetentionDays())
            .preferredBackupWindow(BACKUP_WINDOW)
            .preferredMaintenanceWindow(props.maintenanceWindow())
            .copyTagsToSnapshot(true)
            .deletionProtection(generation.preventDestroy())
            .skipFinalSnapshot(!generation.leavesSnapshot())
            .finalSnapshotIdentifier(generation.finalSnapshot(region))
            // Otherwise a new password waits for the maintenance window while the secret has it.
            .applyImmediately(true)
            .timeouts(
                RdsClusterTimeouts.builder().create("120m").update("120m").delete("120m").build())
            .lifecycle(
                TerraformResourceLifecycle.builder()
                    .ignoreChanges(origin.ignored())
                    .preventDestroy(generation.preventDestroy())
                    .build())
            .dependsOn(earlier);
    origin.arguments().accept(builder);
    RdsCluster created = builder.build();
    // The bindings' schema is older than this argument.
    created.addOverride("delete_automated_backups", !generation.protectData());
    origin.password().ifPresent(password -> password.giveTo(created));
    cluster = Reference.to(this, RdsCluster.TF_RESOURCE_TYPE, "cluster");
    instances = new ClusterInstances(this, "instance", region, props, cluster);
  }

  /** The cluster that starts as the writer: it alone is given a password and a database. */
  public static AuroraCluster original(
      Component scope,
      String id,
      Region region,
      AuroraClusterProps props,
      MasterPassword password) {
    GenerationSettings settings = props.generation().settings();
    return new AuroraCluster(
        scope,
        id,
        region,
        props,
        new Origin(
            rpoBound(settings.rpoBoundSeconds()),
            Stream.concat(CHANGED_BY_AWS.stream(), GIVEN_AT_CREATION.stream()).toList(),
            List.of(),
            builder ->
                builder
                    .masterUsername(settings.masterUsername())
                    .databaseName(settings.databaseName()),
            Optional.of(password)));
  }

  /**
   * The cluster that starts as a copy. It comes after the original's instances, and so goes before
   * them: AWS deletes no writer that still has a secondary.
   */
  public static AuroraCluster secondary(
      Component scope, String id, Region region, AuroraClusterProps props, AuroraCluster original) {
    return new AuroraCluster(
        scope,
        id,
        region,
        props,
        new Origin(
            Map.of(),
            Stream.concat(CHANGED_BY_AWS.stream(), Stream.of("source_region")).toList(),
            original.instances.all(),
            // AWS copies no encrypted storage across Regions without a request signed there. Asked
            // for at creation only; in later plans it would replace a cluster that was imported.
            builder -> builder.sourceRegion(original.region.name()),
            Optional.empty()));
  }

  public String identifier() {
    return cluster.attribute("cluster_identifier");
  }

  /** The text, not a reference. */
  public String givenIdentifier() {
    return name;
  }

  public String arn() {
    return cluster.arn();
  }

  public String writerEndpoint() {
    return cluster.attribute("endpoint");
  }

  public String readerEndpoint() {
    return cluster.attribute("reader_endpoint");
  }

  public String userArn(String user) {
    return "arn:aws:rds-db:"
        + region.name()
        + ":"
        + region.accountId()
        + ":dbuser:"
        + cluster.attribute("cluster_resource_id")
        + "/"
        + user;
  }

  /** Before the cluster: RDS would make it without key and without end. */
  private CloudwatchLogGroup log(String clusterName, GenerationProps generation) {
    return CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name("/aws/rds/cluster/" + clusterName + "/postgresql")
        .retentionInDays(generation.settings().logRetentionDays())
        .kmsKeyId(generation.key(region, KeyPurpose.LOGS))
        .build();
  }

  /** On the original only: with the bound on both, a promoted writer without a copy would block. */
  private static Map<String, String> rpoBound(Integer seconds) {
    return seconds == null ? Map.of() : Map.of("rds.global_db_rpo", seconds.toString());
  }

  /** How a cluster came to be, and what follows from it. */
  private record Origin(
      Map<String, String> parameters,
      List<String> ignored,
      List<? extends ITerraformDependable> earlier,
      Consumer<RdsCluster.Builder> arguments,
      Optional<MasterPassword> password) {}
}
