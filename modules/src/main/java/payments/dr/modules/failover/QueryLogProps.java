package payments.dr.modules.failover;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What the record of DNS queries needs.
 *
 * @param zoneId of the zone that is asked
 * @param keys of the Region that keeps the record
 */
public record QueryLogProps(ResourceNames names, String zoneId, EncryptionKeys keys) {}
