package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.dynamodb_table_replica.DynamodbTableReplicaA;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The DR Region's copy of the session table, which takes writes as well; the last writer wins.
 *
 * <p>A resource of its own, because a replica that is part of its table cannot be protected against
 * deletion.
 */
public final class SessionTableReplica extends Component {

  public SessionTableReplica(
      Component scope, String id, Region region, GenerationProps props, SessionTable table) {
    super(scope, id);
    DynamodbTableReplicaA replica =
        DynamodbTableReplicaA.Builder.create(this, "replica")
            .provider(region.provider())
            .globalTableArn(table.arn())
            .kmsKeyArn(props.dataKey(region))
            .pointInTimeRecovery(true)
            .lifecycle(
                TerraformResourceLifecycle.builder().preventDestroy(props.preventDestroy()).build())
            .build();
    // The bindings' schema is older than this argument.
    replica.addOverride("deletion_protection_enabled", props.preventDestroy());
  }

  public String arn() {
    return Reference.to(this, DynamodbTableReplicaA.TF_RESOURCE_TYPE, "replica").arn();
  }
}
