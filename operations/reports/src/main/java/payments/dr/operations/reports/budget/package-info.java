/** Adds up what a failover takes and loses. */
package payments.dr.operations.reports.budget;
