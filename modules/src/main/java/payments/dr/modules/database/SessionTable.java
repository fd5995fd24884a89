package payments.dr.modules.database;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTable;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTableAttribute;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTablePointInTimeRecovery;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTableServerSideEncryption;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTableTtl;
import java.util.List;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The sessions and idempotency keys of the application, in the primary Region.
 *
 * <p>Key and point-in-time recovery are fixed at creation, here and on the replica: AWS changes
 * them by making the replica anew, and until it is filled the DR Region has no sessions.
 */
public final class SessionTable extends Component {

  private static final String KEY = "sessionId";

  private final String name;
  private final Reference table;

  public SessionTable(Component scope, String id, Region region, GenerationProps props) {
    super(scope, id);
    name = props.global("session-table");
    DynamodbTable.Builder.create(this, "table")
        .provider(region.provider())
        .name(name)
        // Provisioned capacity would need its own scaling in each Region.
        .billingMode("PAY_PER_REQUEST")
        .hashKey(KEY)
        .attribute(List.of(DynamodbTableAttribute.builder().name(KEY).type("S").build()))
        .ttl(DynamodbTableTtl.builder().attributeName("expiresAt").enabled(true).build())
        // What replication, and the copier of a migration, read.
        .streamEnabled(true)
        .streamViewType("NEW_AND_OLD_IMAGES")
        .pointInTimeRecovery(DynamodbTablePointInTimeRecovery.builder().enabled(true).build())
        .serverSideEncryption(
            DynamodbTableServerSideEncryption.builder()
                .enabled(true)
                .kmsKeyArn(props.dataKey(region))
                .build())
        .deletionProtectionEnabled(props.preventDestroy())
        .lifecycle(
            TerraformResourceLifecycle.builder()
                // The replica is a resource of its own.
                .ignoreChanges(List.of("replica"))
                .preventDestroy(props.preventDestroy())
                .build())
        .build();
    table = Reference.to(this, DynamodbTable.TF_RESOURCE_TYPE, "table");
  }

  /** The text, not a reference: what the DR Region names must not lean on the primary one. */
  public String name() {
    return name;
  }

  public String arn() {
    return table.arn();
  }
}
