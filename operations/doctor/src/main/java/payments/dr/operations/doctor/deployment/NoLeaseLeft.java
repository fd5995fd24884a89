package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.ledger.lease.LeaseEntry;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether a register still has a lease although the environment has none any more. Its end is past.
 * Once the grade is {@code majority} again, the controller would take that for proof that the
 * holder stopped, although tables of the holder do not ask for the lease yet.
 */
public record NoLeaseLeft(Register register) implements Check {

  @Override
  public String name() {
    return "lease";
  }

  @Override
  public String where() {
    return register.where();
  }

  @Override
  public List<Permission> permissions() {
    return register.permissions();
  }

  @Override
  public Result ask(Clients aws) {
    return register
        .lease(aws)
        .filter(lease -> !lease.holder().isEmpty())
        .map(this::left)
        .orElse(Result.ok("no lease, as failover.lease asks"));
  }

  private Result left(LeaseEntry lease) {
    return Result.attention(
        "%s holds a lease that nobody renews (until %s), left from failover.lease: majority"
            .formatted(lease.holder(), lease.until()),
        "delete the item before failover.lease becomes majority again: aws dynamodb"
            + " delete-item --region %s --table-name %s --key '%s'"
                .formatted(
                    register.where(),
                    register.table(),
                    "{\"entity\":{\"S\":\"LEASE\"},\"entry\":{\"S\":\"-\"}}"));
  }
}
