package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.rds_cluster_instance.RdsClusterInstance;
import com.hashicorp.cdktf.providers.aws.rds_cluster_instance.RdsClusterInstanceTimeouts;
import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.network.Tier;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The instances of one cluster, spread over the zones of its Region in their order. */
final class ClusterInstances extends Component {

  private static final String MONITORING_POLICY =
      "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";

  private final Region region;
  private final AuroraClusterProps props;
  private final List<RdsClusterInstance> instances = new ArrayList<>();

  ClusterInstances(
      Component scope, String id, Region region, AuroraClusterProps props, Reference cluster) {
    super(scope, id);
    this.region = region;
    this.props = props;
    ServiceRole monitoring =
        new ServiceRole(
            this,
            "monitoring",
            region,
            ServiceRoleProps.of(
                    props.generation().regional(region, "db-monitoring"),
                    "monitoring.rds.amazonaws.com")
                .withManagedPolicies(MONITORING_POLICY));
    int count = settings().clusters().get(region.role()).instances();
    for (int number = 0; number < count; number++) {
      instances.add(instance(number, cluster, monitoring));
    }
  }

  List<RdsClusterInstance> all() {
    return List.copyOf(instances);
  }

  private RdsClusterInstance instance(int number, Reference cluster, ServiceRole monitoring) {
    List<String> zones =
        props.generation().database().networks().get(region.role()).zoneNames(Tier.DATABASE);
    return RdsClusterInstance.Builder.create(this, String.valueOf(number))
        .provider(region.provider())
        .identifier(props.generation().instance(region, number))
        .clusterIdentifier(cluster.id())
        .engine(GlobalCluster.ENGINE)
        .engineVersion(settings().engineVersion())
        .instanceClass(settings().clusters().get(region.role()).instanceClass())
        .availabilityZone(zones.get(number % zones.size()))
        .promotionTier(number)
        .dbSubnetGroupName(props.access().subnetGroupName())
        .publiclyAccessible(false)
        .caCertIdentifier("rds-ca-rsa2048-g1")
        // Members of a global database must stay equal: upgrades go DR first, by runbook.
        .autoMinorVersionUpgrade(false)
        .preferredMaintenanceWindow(props.maintenanceWindow())
        .copyTagsToSnapshot(true)
        .monitoringInterval(settings().monitoringIntervalSeconds())
        .monitoringRoleArn(monitoring.arn())
        .performanceInsightsEnabled(true)
        .performanceInsightsKmsKeyId(props.generation().dataKey(region))
        .performanceInsightsRetentionPeriod(settings().performanceInsightsRetentionDays())
        .timeouts(
            RdsClusterInstanceTimeouts.builder()
                .create("120m")
                .update("120m")
                .delete("120m")
                .build())
        .lifecycle(
            TerraformResourceLifecycle.builder().ignoreChanges(List.of("engine_version")).build())
        .build();
  }

  private GenerationSettings settings() {
    return props.generation().settings();
  }
}
