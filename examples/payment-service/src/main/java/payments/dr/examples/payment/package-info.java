/**
 * A payment service of about ten classes that does what disaster recovery asks of an application:
 * it follows its Region's pointer to the database, commits each payment once however often it is
 * asked to, proves by a committed row that it can, and says 503 at once when it cannot.
 */
package payments.dr.examples.payment;
