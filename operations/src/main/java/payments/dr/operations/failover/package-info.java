/**
 * What humans ask and order of the failover controller, by the ledger of the DR Region alone: it
 * works while the primary Region is gone.
 *
 * <p>Nothing here decides. What an order would do is asked of the controller's own pure core, over
 * what its last tick saw.
 */
package payments.dr.operations.failover;
