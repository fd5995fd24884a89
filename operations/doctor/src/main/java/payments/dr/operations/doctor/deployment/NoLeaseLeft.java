package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.lease.LeaseEntry;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/**
 * Whether a register still has a lease although the environment has none any more. Its end is past.
 * Once the grade is {@code majority} again, the controller would take that for proof that the
 * holder stopped, although tables of the holder do not ask for the lease yet.
 *
 * @param where the register's Region
 * @param table of the register
 * @param account id of the account
 */
public record NoLeaseLeft(String where, String table, String account) implements Check {

  @Override
  public String name() {
    return "lease";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        new Permission(
            "dynamodb:GetItem",
            "arn:aws:dynamodb:%s:%s:table/%s".formatted(where, account, table)));
  }

  @Override
  public Result ask(Clients aws) {
    LeaseEntry lease;
    try {
      lease = LeaseEntry.read(new DynamoDbLedger(aws.dynamoDb(where), table));
    } catch (LedgerUnavailableException e) {
      if (e.getCause() instanceof ResourceNotFoundException) {
        return Result.ok("there is no table " + table);
      }
      throw e.getCause() instanceof SdkException unanswered ? unanswered : e;
    }
    return lease.holder().isEmpty()
        ? Result.ok("no lease, as failover.lease asks")
        : Result.attention(
            "%s holds a lease that nobody renews (until %s), left from failover.lease: majority"
                .formatted(lease.holder(), lease.until()),
            "delete the item before failover.lease becomes majority again: aws dynamodb"
                + " delete-item --region %s --table-name %s --key '%s'"
                    .formatted(
                        where, table, "{\"entity\":{\"S\":\"LEASE\"},\"entry\":{\"S\":\"-\"}}"));
  }
}
