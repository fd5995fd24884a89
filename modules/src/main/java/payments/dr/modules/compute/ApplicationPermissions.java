package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import payments.dr.modules.iam.PolicyDocument;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * What the application may do with the rest of the system. Apart from the fleet, so that databases
 * can be made after the fleet whose security group they admit.
 */
public final class ApplicationPermissions extends Component {

  public ApplicationPermissions(Region region, String id, ApplicationPermissionsProps props) {
    super(region, id);
    IamRolePolicy.Builder.create(this, "policy")
        .provider(region.provider())
        .name("application")
        .role(props.fleet().roleName())
        .policy(PolicyDocument.of(props.statements()))
        .build();
  }
}
