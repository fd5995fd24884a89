/** What a database needs before anybody uses it: {@code ./dr database init}. */
package payments.dr.operations.database;
