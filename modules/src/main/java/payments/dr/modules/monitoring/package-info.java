/**
 * Alarms, dashboards and the metric archive.
 *
 * <p>Inputs: {@link payments.dr.configuration.monitoring.MonitoringSettings}, the Region's alert
 * topic and the names under which the watched things report. Outputs: ARNs of the replication lag
 * alarms, archive buckets. Defaults: every alarm speaks and clears on its own Region's topic, looks
 * at one-minute values, and says in its description what to do. Nothing here decides about a
 * failover: alarms wake operators, and the failover controller, which believes none of them.
 */
package payments.dr.modules.monitoring;
