package payments.dr.modules.baseline;

import com.hashicorp.cdktf.providers.aws.iam_service_linked_role.IamServiceLinkedRole;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The role by which AWS Config looks at the account, of AWS's own making: it can read what a role
 * of ours would always lag behind. An account has one.
 */
final class ConfigRole extends Component {

  static final String ID = "config-role";

  /** In the DR Region, where the stack's single ones are. */
  static final RegionPair<Map<String, String>> RESOURCES =
      new RegionPair<>(Map.of(), Map.of("role", IamServiceLinkedRole.TF_RESOURCE_TYPE));

  private static final String SERVICE = "config.amazonaws.com";

  /** IAM has one for the service, of this name and path. */
  private static final String EXISTING =
      "arn:aws:iam::%s:role/aws-service-role/" + SERVICE + "/AWSServiceRoleForConfig";

  private final String arn;

  ConfigRole(Region region, AccountBaselineProps props) {
    super(region, ID);
    IamServiceLinkedRole role =
        IamServiceLinkedRole.Builder.create(this, "role")
            .provider(region.provider())
            .awsServiceName(SERVICE)
            .description("AWS Config of " + props.names().environment())
            .build();
    if (props.settings().adopt().configRole()) {
      Adoption.of(role, EXISTING.formatted(region.accountId()), region);
    }
    arn = Reference.to(this, IamServiceLinkedRole.TF_RESOURCE_TYPE, "role").arn();
  }

  String arn() {
    return arn;
  }
}
