package payments.dr.lambda.lease;

import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.WriterLease;

/**
 * Leaves it to Aurora to fence the writer: asks nobody to stop. An application that was asked while
 * the grade was higher may write again, or the primary Region would go on refusing writes.
 */
public final class NoLease implements WriterLease {

  private final BestEffortLease earlier;

  /**
   * Makes the absence of a lease.
   *
   * @param earlier what asked the primary Region to stop before this grade was chosen
   */
  public NoLease(BestEffortLease earlier) {
    this.earlier = earlier;
  }

  @Override
  public LeaseReading read() {
    return earlier.read();
  }

  @Override
  public void take(Incident incident) {}

  @Override
  public void release() {
    earlier.release();
  }

  @Override
  public void force(Incident incident) {}
}
