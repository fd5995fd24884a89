package payments.dr.operations.doctor.account;

import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Whether Security Hub, which a Region has once, is on by the account stack or still to be switched
 * on by it. Where somebody else did, that deployment stops. Nothing in Security Hub says who did.
 */
public record SecurityStandards(RegionRole role, String where, StackState state, Single hub)
    implements Check {

  private static final String TYPE = "aws_securityhub_account";

  @Override
  public String name() {
    return "Security Hub";
  }

  @Override
  public List<Permission> permissions() {
    List<Permission> permissions = new ArrayList<>(state.permissions());
    permissions.add(Permission.of("securityhub:DescribeHub"));
    return permissions;
  }

  @Override
  public Result ask(Clients aws) {
    if (!isOn(aws)) {
      return hub.absent();
    }
    return hub.adopted().isEmpty() && state.manages(aws, TYPE, role)
        ? Result.ok("on by " + hub.stack())
        : hub.exists("Security Hub", "true");
  }

  private boolean isOn(Clients aws) {
    try {
      aws.ask(where, JsonRequest.get("securityhub", "DescribeHub", "/accounts"));
      return true;
    } catch (AwsServiceException e) {
      if (List.of("InvalidAccessException", "ResourceNotFoundException")
          .contains(e.awsErrorDetails().errorCode())) {
        return false;
      }
      throw e;
    }
  }
}
