package payments.dr.modules.iam;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import java.util.ArrayList;
import java.util.List;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** An IAM role that one AWS service assumes, with exactly the permissions it is given. */
public final class ServiceRole extends Component {

  private final Reference role;
  private final List<ITerraformDependable> permissions = new ArrayList<>();

  public ServiceRole(Component scope, String id, Region region, ServiceRoleProps props) {
    super(scope, id);
    Statement trust =
        Statement.allow("Assume").toService(props.service()).actions("sts:AssumeRole");
    if (props.sourceAccount()) {
      trust = trust.when("StringEquals", "aws:SourceAccount", region.accountId());
    }
    if (props.sourceArn().isPresent()) {
      trust = trust.when("ArnEquals", "aws:SourceArn", props.sourceArn().get());
    }
    IamRole.Builder.create(this, "role")
        .provider(region.provider())
        .name(props.name())
        .assumeRolePolicy(PolicyDocument.of(trust))
        .build();
    role = Reference.to(this, IamRole.TF_RESOURCE_TYPE, "role");
    if (!props.statements().isEmpty()) {
      permissions.add(
          IamRolePolicy.Builder.create(this, "policy")
              .provider(region.provider())
              .name("permissions")
              .role(role.id())
              .policy(PolicyDocument.of(props.statements()))
              .build());
    }
    for (String arn : props.managedPolicyArns()) {
      permissions.add(
          IamRolePolicyAttachment.Builder.create(this, arn.substring(arn.lastIndexOf('/') + 1))
              .provider(region.provider())
              .role(role.name())
              .policyArn(arn)
              .build());
    }
  }

  public String arn() {
    return role.arn();
  }

  public String name() {
    return role.name();
  }

  /** What a service must wait for that tries its permissions at once, and gives them up last. */
  public List<ITerraformDependable> permissions() {
    return List.copyOf(permissions);
  }
}
