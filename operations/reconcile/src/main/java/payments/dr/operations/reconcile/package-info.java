/** What an unplanned failover lost, doubled and left in conflict, payment by payment. */
package payments.dr.operations.reconcile;
