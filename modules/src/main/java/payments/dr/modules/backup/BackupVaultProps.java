package payments.dr.modules.backup;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.naming.ResourceNames;

/**
 * What a vault needs.
 *
 * @param protectData whether its recovery points can only expire, and Terraform keeps the vault
 */
public record BackupVaultProps(
    ResourceNames names, BackupSettings settings, EncryptionKeys keys, boolean protectData) {}
