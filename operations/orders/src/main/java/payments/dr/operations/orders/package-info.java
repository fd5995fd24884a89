/** What people ask and order of the failover controller: status, orders, pause and audit. */
package payments.dr.operations.orders;
