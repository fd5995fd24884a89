package payments.dr.modules.database;

import com.hashicorp.cdktf.providers.aws.rds_cluster_parameter_group.RdsClusterParameterGroup;
import com.hashicorp.cdktf.providers.aws.rds_cluster_parameter_group.RdsClusterParameterGroupParameter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** How the engine of one Region's cluster runs; clusters of a global database do not share this. */
public final class ClusterParameters extends Component {

  /** Take effect at the next restart of the cluster; AWS refuses to apply them at once. */
  private static final Map<String, String> AT_RESTART =
      Map.of(
          "rds.force_ssl", "1",
          // What a migration to a later generation, and the way back, replicate with.
          "rds.logical_replication", "1",
          "shared_preload_libraries", "pg_stat_statements,pgaudit");

  private static final Map<String, String> AT_ONCE =
      Map.of(
          "log_connections",
          "1",
          "log_disconnections",
          "1",
          // Definitions and grants are logged by pgaudit, which blanks out passwords;
          // PostgreSQL's own statement log does not.
          "log_statement",
          "none",
          "pgaudit.log",
          "ddl,role");

  private final Reference group;

  /**
   * @param own what this cluster has beyond its peer, applied at once
   */
  public ClusterParameters(
      Component scope, String id, Region region, GenerationProps props, Map<String, String> own) {
    super(scope, id);
    Map<String, RdsClusterParameterGroupParameter> parameters = new TreeMap<>();
    AT_RESTART.forEach((name, value) -> parameters.put(name, of(name, value, "pending-reboot")));
    AT_ONCE.forEach((name, value) -> parameters.put(name, of(name, value, "immediate")));
    own.forEach((name, value) -> parameters.put(name, of(name, value, "immediate")));
    RdsClusterParameterGroup.Builder.create(this, "group")
        .provider(region.provider())
        .name(props.regional(region, "db-params"))
        .description("Parameters of " + props.regional(region, "db-cluster"))
        .family(props.settings().parameterFamily())
        .parameter(List.copyOf(parameters.values()))
        .build();
    group = Reference.to(this, RdsClusterParameterGroup.TF_RESOURCE_TYPE, "group");
  }

  String name() {
    return group.name();
  }

  private static RdsClusterParameterGroupParameter of(String name, String value, String method) {
    return RdsClusterParameterGroupParameter.builder()
        .name(name)
        .value(value)
        .applyMethod(method)
        .build();
  }
}
