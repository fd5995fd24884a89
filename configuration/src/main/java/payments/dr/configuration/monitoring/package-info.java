/** Settings of alarms and of the metric archive. */
package payments.dr.configuration.monitoring;
