package payments.dr.operations.doctor.deployment;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.State;

/**
 * Whether the version of a Region's failover function that is started can run: Lambda refuses
 * invocations of one that is not Active, such as one whose network interfaces are still made or
 * could not be made.
 *
 * @param function its name
 * @param account id of the account
 */
public record FunctionActive(String where, String function, String account) implements Check {

  /** As {@code modules.failover.controller.FailoverFunction} names it. */
  private static final String ALIAS = "live";

  @Override
  public String name() {
    return "failover function";
  }

  /** AWS does not say whether the alias or its function is the resource of such a question. */
  @Override
  public List<Permission> permissions() {
    String arn = "arn:aws:lambda:%s:%s:function:%s".formatted(where, account, function);
    return Stream.of(arn, arn + ":" + ALIAS)
        .map(resource -> new Permission("lambda:GetFunctionConfiguration", resource))
        .toList();
  }

  @Override
  public Result ask(Clients aws) {
    LambdaClient lambda = aws.lambda(where);
    try {
      return judge(
          lambda.getFunctionConfiguration(
              request -> request.functionName(function).qualifier(ALIAS)));
    } catch (ResourceNotFoundException e) {
      return Result.fails(
          "alias %s of %s must be there, got none".formatted(ALIAS, function), "deploy again");
    }
  }

  private Result judge(GetFunctionConfigurationResponse version) {
    String found = "version %s of %s is %s".formatted(version.version(), function, version.state());
    return version.state() == State.ACTIVE
        ? Result.ok(found)
        : Result.fails(
            found
                + ", got "
                + (version.stateReason() == null ? "no reason" : version.stateReason()),
            "wait a minute while it is Pending; otherwise deploy again, which publishes a new version");
  }
}
