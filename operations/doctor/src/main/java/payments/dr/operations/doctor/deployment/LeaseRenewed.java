package payments.dr.operations.doctor.deployment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import payments.dr.ledger.lease.LeaseEntry;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;

/**
 * Whether one register of the lease is renewed by the fleet of the Region that writes. Two of the
 * three decide, so that one that is not costs nothing until another is lost.
 *
 * @param stack that makes the register's table
 * @param clock must be right: the end of a renewal is by the renewer's own
 */
public record LeaseRenewed(Register register, String stack, InstantSource clock) implements Check {

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
    Optional<LeaseEntry> read = register.lease(aws);
    if (read.isEmpty()) {
      return Result.fails("there is no table " + register.table(), "deploy " + stack);
    }
    LeaseEntry lease = read.get();
    if (lease.until().equals(Instant.EPOCH)) {
      return Result.fails(
          lease.holder().isEmpty()
              ? "nobody ever held the lease"
              : lease.holder() + " holds the lease, and never renewed it",
          "a renewer must run on the fleet of the Region that writes, and reach this register");
    }
    return judge(lease, Duration.between(clock.instant(), lease.until()));
  }

  private static Result judge(LeaseEntry lease, Duration left) {
    String held =
        "%s holds the lease under epoch %d, renewed until %s"
            .formatted(lease.holder(), lease.epoch(), lease.until());
    if (left.isNegative()) {
      return Result.attention(
          held + ", which is past",
          "the renewers of " + lease.holder() + " do not run, or do not reach this register");
    }
    return left.compareTo(LeaseTiming.TTL.plus(LeaseTiming.CLOCK_ERROR)) > 0
        ? Result.attention(
            held + ", which is further ahead than a renewal lasts",
            "the clock of this machine or of a renewer is wrong")
        : Result.ok(held);
  }
}
