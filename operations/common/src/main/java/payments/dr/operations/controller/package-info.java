/**
 * How commands reach the failover controller: its state and audit trail, and orders to it, all by
 * the ledger of its own Region. They work while the other Region is gone.
 *
 * <p>Nothing here decides. What an order would do is asked of the controller's own pure core, over
 * what its last tick saw.
 */
package payments.dr.operations.controller;
