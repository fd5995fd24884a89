package payments.dr.operations.doctor.account;

import com.fasterxml.jackson.databind.JsonNode;
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
 * Whether the aggregator of Security Hub's findings, which an account has once, is the account
 * stack's or still to be made by it. One that somebody else made stops that deployment.
 *
 * @param where the DR Region, where the stack's own is at home
 */
public record FindingAggregator(String where, StackState state, Single aggregator)
    implements Check {

  private static final String TYPE = "aws_securityhub_finding_aggregator";

  @Override
  public String name() {
    return "finding aggregator";
  }

  @Override
  public List<Permission> permissions() {
    List<Permission> permissions = new ArrayList<>(state.permissions());
    permissions.add(Permission.of("securityhub:ListFindingAggregators"));
    return permissions;
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
    return aggregator.adopted().isEmpty() && state.manages(aws, TYPE, RegionRole.DR)
        ? Result.ok("%s of %s".formatted(arn, aggregator.stack()))
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
