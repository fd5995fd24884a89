package payments.dr.lambda.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.WriterLease;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.ledger.lease.LeaseView;

/**
 * The lease that two of three registers decide on. The fleet of the Region that writes renews it;
 * the controller takes it, and waits until what was renewed has run out.
 *
 * <p>The entry of the best-effort lease is set as well, for applications that read it: they stop
 * sooner than their lease runs out. Nothing is told them before the lease is taken: without it
 * nothing moves.
 */
public final class MajorityLease implements WriterLease {

  /**
   * The names of the Regions, as the registers know them.
   *
   * @param own where the controller stands: one of the two
   */
  public record Regions(String primary, String dr, String own) {

    public Regions {
      if (!own.equals(primary) && !own.equals(dr)) {
        throw new IllegalArgumentException(
            "own Region must be %s or %s, got %s".formatted(primary, dr, own));
      }
    }
  }

  private final LeaseRegisters registers;
  private final Regions regions;
  private final BestEffortLease applications;
  private final Supplier<Duration> clockError;

  /**
   * Makes the lease.
   *
   * @param registers as seen from the controller's Region
   * @param applications tells those of the primary Region to stop
   * @param clockError how far the controller's clock may be off, at most
   */
  public MajorityLease(
      LeaseRegisters registers,
      Regions regions,
      BestEffortLease applications,
      Supplier<Duration> clockError) {
    this.registers = registers;
    this.regions = regions;
    this.applications = applications;
    this.clockError = clockError;
  }

  @Override
  public LeaseReading read() {
    LeaseView seen = registers.read();
    boolean forced = seen.forcedBy(regions.own());
    if (!seen.isMajority() && !forced || !everRenewed(seen) || clockIsWrong()) {
      return new LeaseReading.Unread();
    }
    return new LeaseReading.Registered(
        seen.heldBy(regions.own()),
        seen.registersOf(regions.dr()) > 0 || applications.read().fenced(),
        forced,
        seen.untilOfAnother(regions.own()));
  }

  @Override
  public void take(Incident incident) {
    move(regions.dr());
    applications.take(incident);
  }

  @Override
  public void release() {
    try {
      move(regions.primary());
    } finally {
      applications.release();
    }
  }

  @Override
  public void force(Incident incident) {
    try {
      registers.force(regions.own());
    } catch (LedgerException e) {
      throw new PortException(e.getMessage(), e);
    }
    if (regions.own().equals(regions.dr())) {
      applications.take(incident);
    } else {
      applications.release();
    }
  }

  /**
   * Where no fleet renews, a lease that has run out would prove nothing: who writes never asked.
   */
  private boolean everRenewed(LeaseView seen) {
    return seen.untilOf(regions.primary()).isAfter(Instant.EPOCH)
        || seen.untilOf(regions.dr()).isAfter(Instant.EPOCH);
  }

  private void move(String to) {
    if (clockIsWrong()) {
      throw new PortException(
          "clock must be right to %d s before a lease is taken, got one that may be off by %d ms"
              .formatted(LeaseTiming.CLOCK_ERROR.toSeconds(), clockError.get().toMillis()));
    }
    try {
      registers.take(to);
    } catch (LedgerException e) {
      throw new PortException(e.getMessage(), e);
    }
  }

  private boolean clockIsWrong() {
    return clockError.get().compareTo(LeaseTiming.CLOCK_ERROR) > 0;
  }
}
