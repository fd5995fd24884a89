package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.iam_service_linked_role.IamServiceLinkedRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The role by which AWS Config looks at the account, of AWS's own making: it can read what a role
 * of ours would always lag behind. An account has one; import it where it exists.
 */
final class ConfigRole extends Component {

  private final String arn;

  ConfigRole(Region region, String id, AccountBaselineProps props) {
    super(region, id);
    IamServiceLinkedRole.Builder.create(this, "role")
        .provider(region.provider())
        .awsServiceName("config.amazonaws.com")
        .description("AWS Config of " + props.names().environment())
        .build();
    arn = Reference.to(this, IamServiceLinkedRole.TF_RESOURCE_TYPE, "role").arn();
  }

  String arn() {
    return arn;
  }
}
