/**
 * What a migration does inside PostgreSQL, one concern a class: fence, replication, sequences,
 * roles, schema. Every class looks at the world first and changes only what is not so already.
 */
package payments.dr.operations.migration.database;
