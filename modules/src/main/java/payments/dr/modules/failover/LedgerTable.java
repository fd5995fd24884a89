package payments.dr.modules.failover;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTable;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTableAttribute;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTablePointInTimeRecovery;
import com.hashicorp.cdktf.providers.aws.dynamodb_table.DynamodbTableServerSideEncryption;
import java.util.List;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.AwsRegion;

/**
 * The ledger: where the data is, and who may move it, as commands and controllers record it.
 *
 * <p>It stands in one Region alone. In a replicated table the last writer wins, and two Regions
 * would both hold a mutex. Nothing in it expires: what a movement did is kept. The witness in a
 * third Region is a table of the same shape.
 */
public final class LedgerTable extends Component {

  private static final String PARTITION_KEY = "entity";
  private static final String SORT_KEY = "entry";

  private final AwsRegion region;
  private final String literalName;
  private final Reference table;

  public LedgerTable(AwsRegion region, String id, LedgerTableProps props) {
    super(region, id);
    this.region = region;
    literalName = props.name();
    DynamodbTable.Builder.create(this, "table")
        .provider(region.provider())
        .name(literalName)
        .billingMode("PAY_PER_REQUEST")
        .hashKey(PARTITION_KEY)
        .rangeKey(SORT_KEY)
        .attribute(List.of(text(PARTITION_KEY), text(SORT_KEY)))
        .pointInTimeRecovery(DynamodbTablePointInTimeRecovery.builder().enabled(true).build())
        .serverSideEncryption(
            DynamodbTableServerSideEncryption.builder()
                .enabled(true)
                .kmsKeyArn(props.keyArn())
                .build())
        .deletionProtectionEnabled(props.protectData())
        .lifecycle(TerraformResourceLifecycle.builder().preventDestroy(props.protectData()).build())
        .build();
    table = Reference.to(this, DynamodbTable.TF_RESOURCE_TYPE, "table");
  }

  /** {@code dr-ledger-dev}. */
  public String name() {
    return table.name();
  }

  /** The text, not a reference: what the other Region names must not lean on this one. */
  public String literalName() {
    return literalName;
  }

  /** The text, not a reference. */
  public String givenArn() {
    return "arn:aws:dynamodb:"
        + region.name()
        + ":"
        + region.accountId()
        + ":table/"
        + literalName();
  }

  /** What an application needs to see whether a failover forbids it to write. */
  public List<Statement> applicationStatements() {
    return List.of(
        Statement.allow("HeedFailover")
            .actions("dynamodb:GetItem")
            .on(givenArn())
            .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "WRITES"));
  }

  private static DynamodbTableAttribute text(String name) {
    return DynamodbTableAttribute.builder().name(name).type("S").build();
  }
}
