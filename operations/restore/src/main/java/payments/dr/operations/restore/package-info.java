/** Backups: which there are, and how one is restored beside what runs, looked at and removed. */
package payments.dr.operations.restore;
