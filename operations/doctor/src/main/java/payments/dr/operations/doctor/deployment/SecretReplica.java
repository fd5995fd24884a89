package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.secretsmanager.model.ReplicationStatusType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Whether the administrator's secret is the same in the other Region.
 *
 * @param where Region of the secret, the DR one
 * @param replica Region of its replica
 * @param generation such as {@code v2}
 * @param secret its name
 * @param account id of the account
 */
public record SecretReplica(
    String where, String replica, String generation, String secret, String account)
    implements Check {

  @Override
  public String name() {
    return "secret " + generation;
  }

  /** Secrets Manager puts six characters of its own behind a name. */
  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission(
            "secretsmanager:DescribeSecret",
            "arn:aws:secretsmanager:%s:%s:secret:%s-??????".formatted(where, account, secret)));
  }

  @Override
  public Result ask(Clients aws) {
    try {
      return aws
          .secretsManager(where)
          .describeSecret(request -> request.secretId(secret))
          .replicationStatus()
          .stream()
          .filter(status -> status.region().equals(replica))
          .findFirst()
          .map(this::judge)
          .orElseGet(
              () ->
                  Result.fails(
                      "%s must have a replica in %s, got none".formatted(secret, replica),
                      "deploy again"));
    } catch (ResourceNotFoundException e) {
      return Result.fails("secret " + secret + " must be there, got none", "deploy again");
    }
  }

  private Result judge(ReplicationStatusType status) {
    String found = "%s in %s is %s".formatted(secret, replica, status.statusAsString());
    return switch (status.status()) {
      case IN_SYNC -> Result.ok(found);
      case IN_PROGRESS -> Result.attention(found, "ask again in a minute");
      case FAILED, UNKNOWN_TO_SDK_VERSION ->
          Result.fails(
              found + ": " + status.statusMessage(),
              "aws secretsmanager replicate-secret-to-regions --region %s --secret-id %s --add-replica-regions Region=%s --force-overwrite-replica-secret"
                  .formatted(where, secret, replica));
    };
  }
}
