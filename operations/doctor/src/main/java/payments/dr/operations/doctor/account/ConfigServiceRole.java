package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/**
 * Whether the service-linked role of AWS Config, of which an account has one, is the account
 * stack's or still to be made by it. A role that somebody else made stops that deployment.
 *
 * @param account id of the account
 */
public record ConfigServiceRole(String account, Single role) implements Check {

  private static final String ROLE = "AWSServiceRoleForConfig";

  @Override
  public String name() {
    return "role of AWS Config";
  }

  @Override
  public String where() {
    return "global";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission(
            "iam:GetRole",
            "arn:aws:iam::%s:role/aws-service-role/config.amazonaws.com/%s"
                .formatted(account, ROLE)));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      Role found = aws.iam().getRole(request -> request.roleName(ROLE)).role();
      return description().equals(found.description())
          ? Result.ok(ROLE + " of " + role.stack())
          : role.exists(found.arn(), "true");
    } catch (NoSuchEntityException e) {
      return role.absent();
    }
  }

  /** As {@code modules.baseline.ConfigRole} describes its own. */
  private String description() {
    return "AWS Config of " + role.stack();
  }
}
