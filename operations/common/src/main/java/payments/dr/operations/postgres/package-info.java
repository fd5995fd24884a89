/** How commands reach PostgreSQL: addresses, TLS, passwords, client programs. */
package payments.dr.operations.postgres;
