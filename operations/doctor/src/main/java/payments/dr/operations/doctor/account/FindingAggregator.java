package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Whether Security Hub gathers the account's findings before the account stack was ever deployed,
 * which then stops: an account has one aggregator, in its home Region.
 *
 * @param where the DR Region, where the stack's own is at home
 */
public record FindingAggregator(String where, StackState state, Single aggregator)
    implements Check {

  @Override
  public String name() {
    return "finding aggregator";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(state.permission(), Permission.of("securityhub:ListFindingAggregators"));
  }

  @Override
  public Result ask(Clients aws) {
    List<String> found = aggregators(aws);
    if (found.isEmpty()) {
      return aggregator.absent();
    }
    String arn = found.get(0);
    if (!arn.split(":")[3].equals(where)) {
      return aggregator.foreign(
          "findings must be gathered in %s, got %s, which exists already".formatted(where, arn));
    }
    return aggregator.adopted().isEmpty() && state.exists(aws)
        ? Result.ok("%s; %s has a state".formatted(arn, aggregator.stack()))
        : aggregator.exists(arn, arn);
  }

  private List<String> aggregators(Clients aws) {
    try {
      JsonNode answer =
          aws.ask(
              where,
              JsonRequest.get("securityhub", "ListFindingAggregators", "/findingAggregator/list"));
      return answer.findValuesAsText("FindingAggregatorArn");
    } catch (AwsServiceException e) {
      if ("InvalidAccessException".equals(e.awsErrorDetails().errorCode())) { // no hub, no findings
        return List.of();
      }
      throw e;
    }
  }
}
