/** What must hold, or be decided, before a migration makes anything; it only reads. */
package payments.dr.operations.migration.preflight;
