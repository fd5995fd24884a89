package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * Whether Security Hub is on in a Region before the account stack was ever deployed, which then
 * stops. Nothing in Security Hub says who switched it on, so this goes by whether that stack has a
 * state.
 *
 * @param stack such as {@code account-prod}
 * @param state where its state is kept
 */
public record SecurityStandards(String where, String stack, StateBackend.S3 state)
    implements Check {

  @Override
  public String name() {
    return "Security Hub";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission("s3:ListBucket", "arn:aws:s3:::" + state.bucket()),
        Permission.of("securityhub:DescribeHub"));
  }

  @Override
  public Result ask(Clients aws) {
    if (!isOn(aws)) {
      return Result.ok("off; " + stack + " switches it on");
    }
    return hasState(aws)
        ? Result.ok("on; " + stack + " has a state")
        : Existing.of("Security Hub", stack);
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

  private boolean hasState(Clients aws) {
    try {
      return aws
          .s3(state.region())
          .listObjectsV2(request -> request.bucket(state.bucket()).prefix(state.key()))
          .contents()
          .stream()
          .anyMatch(object -> object.key().equals(state.key()));
    } catch (NoSuchBucketException e) {
      return false;
    }
  }
}
