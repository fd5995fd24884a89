package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.lambda.model.GetAccountSettingsResponse;

/**
 * Whether Lambda has room for the code of the next deployments: each publishes a version of the
 * failover function, and nothing removes the ones before. 75 GB a Region hold some 2,500 of them.
 *
 * @param function its name
 */
public record CodeStorage(String where, String function) implements Check {

  /** Percent of the limit above which somebody should act. */
  private static final int ENOUGH = 80;

  private static final long MEBIBYTE = 1024L * 1024;

  @Override
  public String name() {
    return "Lambda code storage";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("lambda:GetAccountSettings"));
  }

  @Override
  public Result ask(Clients aws) {
    GetAccountSettingsResponse settings = aws.lambda(where).getAccountSettings(request -> {});
    long used = settings.accountUsage().totalCodeSize();
    long limit = settings.accountLimit().totalCodeSize();
    String found = "%d of %d MiB in use".formatted(used / MEBIBYTE, limit / MEBIBYTE);
    return used * 100 <= limit * ENOUGH
        ? Result.ok(found)
        : Result.attention(
            found + ", above " + ENOUGH + " % deployments may soon be refused",
            "delete versions that no alias names: aws lambda delete-function --function-name %s --qualifier VERSION --region %s"
                .formatted(function, where));
  }
}
