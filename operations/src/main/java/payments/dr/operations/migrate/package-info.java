/** The command {@code ./dr migrate}: moves data between database generations. */
package payments.dr.operations.migrate;
