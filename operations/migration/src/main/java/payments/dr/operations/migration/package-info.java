/** {@code ./dr migrate}: moving data between database generations. */
package payments.dr.operations.migration;
