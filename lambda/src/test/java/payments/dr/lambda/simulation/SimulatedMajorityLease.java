package payments.dr.lambda.simulation;

import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.WriterLease;

/** A model of two registers out of three: the DR Region and the witness are always a majority. */
record SimulatedMajorityLease(World world, Interruptions interruptions) implements WriterLease {

  @Override
  public LeaseReading read() {
    return interruptions.fails()
        ? new LeaseReading.Unread()
        : new LeaseReading.Registered(
            world.leaseTaken(), SimulatedPorts.START.plusSeconds(world.leaseUntil()));
  }

  @Override
  public void take(Incident incident) {
    interruptions.around(
        () -> {
          if (world.weather.on(SimulatedFault.REGISTERS)) {
            throw new PortException("the registers did not answer");
          }
          world.takeLease(true);
        });
  }

  @Override
  public void release() {
    interruptions.around(() -> world.takeLease(false));
  }
}
