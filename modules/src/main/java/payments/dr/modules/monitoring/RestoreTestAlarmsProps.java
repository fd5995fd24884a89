package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What the alarms on tests of restores need.
 *
 * @param planArn of AWS Backup's plan, which its events name
 * @param topicArn the Region's own alert topic
 */
public record RestoreTestAlarmsProps(
    ResourceNames names, EncryptionKeys keys, String planArn, String topicArn) {}
