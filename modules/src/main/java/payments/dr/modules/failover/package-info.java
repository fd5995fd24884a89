/**
 * DNS that follows the writer: hosted zone, traffic latch, health checks and failover records; and
 * the ledger, which says where the writer is and who may move it, with an archive of its audit
 * rows.
 *
 * <p>Inputs: {@link payments.dr.configuration.failover.DnsSettings}, {@link
 * payments.dr.configuration.failover.FailoverSettings} and the load balancers' names. Outputs: the
 * service name, latch buckets and health check ids. Defaults: answers live 20 s, probes every 10 s,
 * three failures make an endpoint unhealthy. With nothing latched the primary Region gets all
 * traffic; once latched, the DR Region keeps it until the latch is cleared by hand.
 *
 * <p>A failover's worst case is reckoned here, too: {@link
 * payments.dr.configuration.recovery.RecoveryBudget} adds up what the settings say, what drills
 * have measured and what is assumed until they do.
 *
 * <p>Route 53 is global, so its resources could be managed from either Region. They live in the DR
 * Region's scope: its provider signs in there, and can therefore still plan while the primary
 * Region is dark.
 */
package payments.dr.modules.failover;
