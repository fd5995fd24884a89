/**
 * Recovery points of the databases, in both Regions.
 *
 * <p>Inputs: {@link payments.dr.configuration.backup.BackupSettings} and what to protect. Outputs:
 * plan ids, vault names and ARNs, role ARN. Defaults: hourly points kept one day, daily points kept
 * 30 days in each Region, no vault lock. Backups answer corruption and deletion; they carry no
 * promise about the loss in a failover, which replication does.
 */
package payments.dr.modules.backup;
