/** Real PostgreSQL servers for tests: one of each database generation's major. */
package payments.dr.operations.postgres.testing;
