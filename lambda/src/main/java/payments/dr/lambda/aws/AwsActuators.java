package payments.dr.lambda.aws;

import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Promotion;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.Guard;
import payments.dr.lambda.port.PortException;
import software.amazon.awssdk.core.exception.SdkException;

/** Does to AWS what was decided. */
public record AwsActuators(
    Capacity capacity,
    Promotions promotions,
    LatchObject primaryLatch,
    LatchObject drLatch,
    JsonLog log)
    implements Actuators {

  @Override
  public void raiseCapacity() {
    try {
      capacity.raise();
    } catch (SdkException | IllegalStateException e) {
      log.trouble("capacity of the DR Region could not be raised", e);
    }
  }

  @Override
  public void promoteDr(Incident incident, Guard guard) {
    if (incident.promotion() == Promotion.SWITCHOVER) {
      promotions.switchover(incident.generation(), Site.DR, guard);
    } else {
      promotions.failover(incident.generation(), Site.DR, guard);
    }
  }

  @Override
  public void promotePrimary(Incident incident, Guard guard) {
    promotions.switchover(incident.generation(), Site.PRIMARY, guard);
  }

  @Override
  public void forcePrimary(Incident incident, Guard guard) {
    promotions.failover(incident.generation(), Site.PRIMARY, guard);
  }

  /** Writes the DR Region's copy first: the primary may be dark. */
  @Override
  public void latch() {
    try {
      change("latch in DR could not be put", drLatch::put);
    } finally {
      try {
        primaryLatch.put();
      } catch (SdkException e) {
        log.trouble("latch in primary could not be put", e);
      }
    }
  }

  @Override
  public void unlatch() {
    try {
      change("latch in primary could not be deleted", primaryLatch::delete);
    } finally {
      change("latch in DR could not be deleted", drLatch::delete);
    }
  }

  @Override
  public void loosen() {
    try {
      change("hold in primary could not be deleted", primaryLatch::loosen);
    } finally {
      change("hold in DR could not be deleted", drLatch::loosen);
    }
  }

  private static void change(String failure, Runnable call) {
    try {
      call.run();
    } catch (SdkException e) {
      throw new PortException(failure, e);
    }
  }
}
