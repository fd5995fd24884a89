package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.rds_global_cluster.RdsGlobalCluster;
import com.hashicorp.cdktf.providers.aws.rds_global_cluster.RdsGlobalClusterTimeouts;
import java.util.List;
import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The Aurora global database itself, which both clusters join.
 *
 * <p>Made first and empty. Adopting an existing cluster would make each refer to the other; a
 * database name here would replace it, with all that it holds, at a later plan.
 */
public final class GlobalCluster extends Component {

  static final String ENGINE = "aurora-postgresql";

  private final String name;
  private final Reference cluster;

  public GlobalCluster(Component scope, String id, Region region, GenerationProps props) {
    super(scope, id);
    name = props.global("global-db");
    RdsGlobalCluster.Builder.create(this, "cluster")
        .provider(region.provider())
        .globalClusterIdentifier(name)
        .engine(ENGINE)
        .engineVersion(props.settings().engineVersion())
        .storageEncrypted(true)
        .deletionProtection(props.preventDestroy())
        .timeouts(
            RdsGlobalClusterTimeouts.builder().create("60m").update("120m").delete("120m").build())
        .lifecycle(
            TerraformResourceLifecycle.builder()
                .preventDestroy(props.preventDestroy())
                // AWS upgrades the minor version itself when support for the old one ends. No
                // apply could go back.
                .ignoreChanges(List.of("engine_version"))
                .build())
        .build();
    cluster = Reference.to(this, RdsGlobalCluster.TF_RESOURCE_TYPE, "cluster");
    warnOfLostMember(scope.getNode().getId());
  }

  public String id() {
    return cluster.id();
  }

  /** The text, not a reference. */
  public String literalName() {
    return name;
  }

  public String arn() {
    return cluster.arn();
  }

  public String writerEndpoint() {
    return cluster.attribute("endpoint");
  }

  /**
   * A detached cluster shows in the plan as one innocent added line; this says what it means. None
   * at all is no loss: so it looks in the run that creates it, before its members are read back.
   */
  private void warnOfLostMember(String checkName) {
    String members = cluster.address() + ".global_cluster_members";
    // CDKTF has no check blocks.
    TerraformStack.of(this)
        .addOverride(
            "check." + checkName,
            Map.of(
                "assert",
                List.of(
                    Map.of(
                        "condition",
                        "${length(" + members + ") != 1}",
                        "error_message",
                        name
                            + " has one member left: a Region was detached and holds no copy any"
                            + " more, or its creation was interrupted. A detached cluster cannot"
                            + " join again; a new one must take its place."))));
  }
}
