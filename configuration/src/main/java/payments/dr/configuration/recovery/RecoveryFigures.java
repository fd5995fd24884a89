package payments.dr.configuration.recovery;

import static payments.dr.configuration.measurement.Figure.configured;

import java.util.Optional;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.failover.FailoverMode;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.measurement.ControllerPace;
import payments.dr.configuration.measurement.DrillFigure;
import payments.dr.configuration.measurement.Figure;
import payments.dr.configuration.measurement.Measurements;

/**
 * What the recovery time is made of; all in seconds.
 *
 * @param tick pace of the controller
 * @param confirm how long the quorum must hold
 * @param controllerStart from a wake-up to the first look
 * @param approval until the controller has read a human's approval; 0 where none is asked for
 * @param prepareCap how long to try to stop old writes
 * @param leaseWait until the lease of a writer that lives has run out; 0 without one
 * @param leaseGrant until the fleet of a new writer has renewed the lease; 0 without one
 * @param promote until the DR Region writes; the weakest figure while it is assumed
 * @param underWay from the order until RDS shows that the promotion has begun
 * @param put to write the latch object
 * @param latchSet from the latch object to DNS's answer
 * @param dnsTtl how long resolvers remember the old answer
 * @param reconnect until clients have left connections that nobody answers any more
 * @param keepAlive for how long a load balancer that answers keeps a client's connection
 */
public record RecoveryFigures(
    Detection detection,
    Figure tick,
    Figure confirm,
    Figure controllerStart,
    Figure approval,
    Figure prepareCap,
    Figure leaseWait,
    Figure leaseGrant,
    Figure promote,
    Figure underWay,
    Figure put,
    Figure latchSet,
    Figure dnsTtl,
    Figure reconnect,
    Figure keepAlive) {

  public RecoveryFigures {
    if (tick.value() == 0) {
      throw new IllegalArgumentException("tick must be at least 1 s, got 0 s");
    }
  }

  /**
   * Returns the figures of an environment; sources are the keys of its file, or words of {@link
   * DrillFigure}.
   *
   * @param measurements of this environment, if there were drills
   */
  public static RecoveryFigures of(
      FailoverSettings failover,
      DnsSettings dns,
      ComputeSettings compute,
      Optional<Measurements> measurements) {
    boolean majority = failover.lease() == LeaseGrade.MAJORITY;
    return new RecoveryFigures(
        new Detection(
            configured(
                failover.healthCheckIntervalSeconds(), "failover.healthCheckIntervalSeconds"),
            configured(
                failover.healthCheckFailureThreshold(), "failover.healthCheckFailureThreshold"),
            DrillFigure.CHECKER_AGGREGATION.from(measurements),
            null),
        DrillFigure.TICK.from(measurements),
        configured(failover.confirmSeconds(), "failover.confirmSeconds"),
        DrillFigure.CONTROLLER_START.from(measurements),
        failover.mode() == FailoverMode.APPROVAL
            ? DrillFigure.APPROVAL.from(measurements)
            : configured(0, "failover.mode"),
        configured(ControllerPace.PREPARE_CAP_SECONDS, "cap of the controller"),
        configured(majority ? ControllerPace.LEASE_WAIT_SECONDS : 0, "failover.lease"),
        configured(majority ? ControllerPace.LEASE_GRANT_SECONDS : 0, "failover.lease"),
        DrillFigure.PROMOTE.from(measurements),
        DrillFigure.UNDER_WAY.from(measurements),
        DrillFigure.LATCH_PUT.from(measurements),
        DrillFigure.LATCH_SET.from(measurements),
        configured(dns.recordTtlSeconds(), "dns.recordTtlSeconds"),
        DrillFigure.RECONNECT.from(measurements),
        configured(compute.clientKeepAliveSeconds(), "compute.clientKeepAliveSeconds"));
  }

  /** Returns how long a fault may last before anything is prepared. */
  public int patienceSeconds() {
    return detection.answeredSeconds() + tick.value() + confirm.value();
  }

  /**
   * Returns what the controller reckons lost after a clean fault, at the worst: it takes the
   * primary Region to have committed for as long as the checkers called it up.
   */
  public int reckonedLossSeconds() {
    return detection.seconds() + 2 * tick.value();
  }
}
