package payments.dr.modules.failover;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What a ledger table needs.
 *
 * @param keys of the table's own Region
 * @param protectData whether neither AWS nor Terraform may delete it
 */
public record LedgerTableProps(ResourceNames names, EncryptionKeys keys, boolean protectData) {}
