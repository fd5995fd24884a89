package payments.dr.modules.iam;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.iam_role.IamRole;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.iam_role_policy_attachment.IamRolePolicyAttachment;
import java.util.ArrayList;
import java.util.List;
import payments.dr.modules.region.Region;
import software.constructs.Construct;

/** An IAM role that one AWS service assumes, with exactly the permissions it is given. */
public final class ServiceRole extends Construct {

  // Read once: each read is a call to CDKTF's Node process.
  private final String arn;
  private final String name;
  private final List<ITerraformDependable> permissions = new ArrayList<>();

  public ServiceRole(Construct scope, String id, Region region, ServiceRoleProps props) {
    super(scope, id);
    Statement trust =
        Statement.allow("Assume").toService(props.service()).actions("sts:AssumeRole");
    if (props.sourceAccount()) {
      trust = trust.when("StringEquals", "aws:SourceAccount", region.accountId());
    }
    if (props.sourceArn().isPresent()) {
      trust = trust.when("ArnEquals", "aws:SourceArn", props.sourceArn().get());
    }
    IamRole role =
        IamRole.Builder.create(this, "role")
            .provider(region.provider())
            .name(props.name())
            .assumeRolePolicy(PolicyDocument.of(trust))
            .build();
    arn = role.getArn();
    name = role.getName();
    if (!props.statements().isEmpty()) {
      permissions.add(
          IamRolePolicy.Builder.create(this, "policy")
              .provider(region.provider())
              .name("permissions")
              .role(role.getId())
              .policy(PolicyDocument.of(props.statements()))
              .build());
    }
    for (String arn : props.managedPolicyArns()) {
      permissions.add(
          IamRolePolicyAttachment.Builder.create(this, arn.substring(arn.lastIndexOf('/') + 1))
              .provider(region.provider())
              .role(name)
              .policyArn(arn)
              .build());
    }
  }

  public String arn() {
    return arn;
  }

  public String name() {
    return name;
  }

  /** What a service must wait for that tries its permissions at once, and gives them up last. */
  public List<ITerraformDependable> permissions() {
    return List.copyOf(permissions);
  }
}
