/**
 * The state machine of a migration. It records what it is about to do, does it, and goes on where
 * it was killed. Rollback is the cutover in the other direction.
 */
package payments.dr.operations.migration.cutover;
