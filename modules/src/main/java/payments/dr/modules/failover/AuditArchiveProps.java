package payments.dr.modules.failover;

import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.storage.AccessLogs;

/**
 * What an audit archive needs.
 *
 * @param keys of the archive's own Region
 * @param accessLogs of the same
 * @param protectData whether nobody may delete versions of it, or the bucket
 */
public record AuditArchiveProps(
    ResourceNames names,
    FailoverSettings settings,
    EncryptionKeys keys,
    AccessLogs accessLogs,
    boolean protectData) {}
