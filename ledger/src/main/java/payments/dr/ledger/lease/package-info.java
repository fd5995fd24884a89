/**
 * The right to write: a lease in three registers, of which two decide.
 *
 * <p>The fleet of the Region that writes renews it, and the failover controller takes it for the
 * other Region. Both need nothing of each other, and no register needs to know of another.
 */
package payments.dr.ledger.lease;
