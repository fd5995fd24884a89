/** The database generations: which are deployed, which is active, and how each is built. */
package payments.dr.configuration.database;
