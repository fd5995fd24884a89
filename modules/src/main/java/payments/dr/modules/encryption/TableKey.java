package payments.dr.modules.encryption;

import payments.dr.modules.reference.Component;
import payments.dr.modules.region.AwsRegion;

/**
 * The customer-managed key of a table that stands in one Region by itself: it has no replica, and
 * DynamoDB of that Region alone uses it.
 */
public final class TableKey extends Component {

  private final String arn;

  public TableKey(AwsRegion region, String id, TableKeyProps props) {
    super(region, id);
    arn =
        new CustomerKey(this, region, "key", props.name(), props.settings(), props.protectData())
            .make(KeyPolicies.ofTable(region), false);
  }

  /** ARN, not alias: services that store it show an alias as a difference at the next plan. */
  public String arn() {
    return arn;
  }
}
