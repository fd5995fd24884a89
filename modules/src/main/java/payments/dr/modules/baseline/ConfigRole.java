package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.iam_service_linked_role.IamServiceLinkedRole;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/**
 * The role by which AWS Config looks at the account, of AWS's own making: it can read what a role
 * of ours would always lag behind. An account has one; import it where it exists.
 */
final class ConfigRole extends Construct {

  private final String arn;

  ConfigRole(Region region, String id, AccountBaselineProps props) {
    super(region, id);
    arn =
        IamServiceLinkedRole.Builder.create(this, "role")
            .provider(region.provider())
            .awsServiceName("config.amazonaws.com")
            .description("AWS Config of " + props.names().environment())
            .build()
            .getArn();
  }

  String arn() {
    return arn;
  }
}
