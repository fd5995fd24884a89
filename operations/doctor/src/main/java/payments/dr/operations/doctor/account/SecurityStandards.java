package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Whether Security Hub is on in a Region before the account stack was ever deployed, which then
 * stops. Nothing in Security Hub says who switched it on.
 */
public record SecurityStandards(String where, StackState state, Single hub) implements Check {

  @Override
  public String name() {
    return "Security Hub";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(state.permission(), Permission.of("securityhub:DescribeHub"));
  }

  @Override
  public Result ask(Clients aws) {
    if (!isOn(aws)) {
      return hub.absent();
    }
    return hub.adopted().isEmpty() && state.exists(aws)
        ? Result.ok("on; " + hub.stack() + " has a state")
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
