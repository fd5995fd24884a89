package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What the alarms on changes in one Region need.
 *
 * @param topicArn the Region's own alert topic
 */
public record ChangeAlarmsProps(
    ResourceNames names,
    MonitoringSettings settings,
    EncryptionKeys keys,
    WatchedResources watched,
    String topicArn) {}
