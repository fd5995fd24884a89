package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.TerraformStack;
import com.hashicorp.cdktf.providers.aws.rds_global_cluster.RdsGlobalCluster;
import com.hashicorp.cdktf.providers.aws.rds_global_cluster.RdsGlobalClusterTimeouts;
import java.util.List;
import java.util.Map;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * The Aurora global database itself, which both clusters join.
 *
 * <p>Made first and empty. Adopting an existing cluster would make each refer to the other; a
 * database name here would replace it, with all that it holds, at a later plan.
 */
public final class GlobalCluster extends Construct {

  static final String ENGINE = "aurora-postgresql";

  private final RdsGlobalCluster cluster;

  public GlobalCluster(Construct scope, String id, Region region, GenerationProps props) {
    super(scope, id);
    cluster =
        RdsGlobalCluster.Builder.create(this, "cluster")
            .provider(region.provider())
            .globalClusterIdentifier(props.global("global-db"))
            .engine(ENGINE)
            .engineVersion(props.settings().engineVersion())
            .storageEncrypted(true)
            .deletionProtection(props.preventDestroy())
            .timeouts(
                RdsGlobalClusterTimeouts.builder()
                    .create("60m")
                    .update("120m")
                    .delete("120m")
                    .build())
            .lifecycle(
                TerraformResourceLifecycle.builder().preventDestroy(props.preventDestroy()).build())
            .build();
    warnOfLostMember(props.global("global-db"), scope.getNode().getId());
  }

  public String id() {
    return cluster.getId();
  }

  /** The text, not a reference. */
  public String literalName() {
    return cluster.getGlobalClusterIdentifierInput();
  }

  public String arn() {
    return cluster.getArn();
  }

  public String writerEndpoint() {
    // The bindings' schema is older than this attribute.
    return cluster.getStringAttribute("endpoint");
  }

  /**
   * A detached cluster shows in the plan as one innocent added line; this says what it means. None
   * at all is no loss: so it looks in the run that creates it, before its members are read back.
   */
  private void warnOfLostMember(String name, String checkName) {
    String members =
        cluster.getTerraformResourceType()
            + "."
            + cluster.getFriendlyUniqueId()
            + ".global_cluster_members";
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
