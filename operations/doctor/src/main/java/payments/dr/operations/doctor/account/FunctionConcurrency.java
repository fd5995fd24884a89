package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AccountLimit;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/**
 * Whether Lambda lets the failover function reserve its concurrency: it refuses whatever would
 * leave fewer than {@value #UNRESERVED} for the account's other functions. New accounts may have
 * 10.
 *
 * @param function its name
 * @param account id of the account
 * @param wanted how many executions it is to reserve; 0 reserves none
 */
public record FunctionConcurrency(String where, String function, String account, int wanted)
    implements Check {

  private static final int UNRESERVED = 100;

  @Override
  public String name() {
    return "Lambda concurrency";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("lambda:GetAccountSettings"),
        new Permission(
            "lambda:GetFunctionConcurrency",
            "arn:aws:lambda:%s:%s:function:%s".formatted(where, account, function)));
  }

  @Override
  public Result ask(Clients aws) {
    LambdaClient lambda = aws.lambda(where);
    AccountLimit limit = lambda.getAccountSettings(request -> {}).accountLimit();
    int needed = wanted - reserved(lambda);
    String state =
        "%d of %d unreserved, %d to reserve"
            .formatted(
                limit.unreservedConcurrentExecutions(), limit.concurrentExecutions(), needed);
    return needed <= 0 || limit.unreservedConcurrentExecutions() - needed >= UNRESERVED
        ? Result.ok(state)
        : Result.fails(
            state + ", which must leave at least " + UNRESERVED,
            "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region "
                + where);
  }

  private int reserved(LambdaClient lambda) {
    try {
      Integer reserved =
          lambda
              .getFunctionConcurrency(request -> request.functionName(function))
              .reservedConcurrentExecutions();
      return reserved == null ? 0 : reserved;
    } catch (ResourceNotFoundException e) {
      return 0;
    }
  }
}
