package payments.dr.operations.doctor.account;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Whether the credentials are of the account that the environment lives in.
 *
 * @param where Region whose STS is asked
 * @param account id that the account's file gives
 * @param file that gives it
 */
public record Credentials(String where, String account, String file) implements Check {

  @Override
  public String name() {
    return "credentials";
  }

  /** AWS never refuses it; it is named because a policy should name what is called. */
  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("sts:GetCallerIdentity"));
  }

  @Override
  public Result ask(Clients aws) {
    GetCallerIdentityResponse caller = aws.sts(where).getCallerIdentity();
    return caller.account().equals(account)
        ? Result.ok("account " + account + " as " + caller.arn())
        : Result.fails(
            "account must be %s, got %s as %s".formatted(account, caller.account(), caller.arn()),
            "sign in to account %s, or correct id in %s".formatted(account, file));
  }
}
