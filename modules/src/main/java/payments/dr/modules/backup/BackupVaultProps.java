package payments.dr.modules.backup;

import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What a vault needs.
 *
 * @param protectData whether its recovery points can only expire, and Terraform keeps the vault
 */
public record BackupVaultProps(
    ResourceNames names, BackupSettings settings, EncryptionKeys keys, boolean protectData) {}
