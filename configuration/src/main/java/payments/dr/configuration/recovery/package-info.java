/**
 * The worst case of a failover: how long customers wait, and how much of the data is lost.
 *
 * <p>Inputs: {@link payments.dr.configuration.failover.FailoverSettings}, {@link
 * payments.dr.configuration.failover.DnsSettings}, and {@link
 * payments.dr.configuration.measurement.Measurements} of drills. Outputs: {@link
 * payments.dr.configuration.recovery.RecoveryBudget}, a sum of terms each of which names its
 * source, and {@link payments.dr.configuration.recovery.RecoveryPoint}.
 */
package payments.dr.configuration.recovery;
