/**
 * One environment's memory of where its data is and who may move it, outside Terraform: a table in
 * the DR Region.
 *
 * <p>Commands and the failover controller share it, so that a migration between database
 * generations and a failover between Regions never run against each other.
 */
package payments.dr.ledger;
