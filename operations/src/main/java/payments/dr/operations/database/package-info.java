/** What a database needs before anybody uses it: {@code ./dr database}. */
package payments.dr.operations.database;
