package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.storage.AccessLogs;

/**
 * What the metric archive of one Region needs.
 *
 * @param controllerNamespace of the failover controller's own metrics
 * @param topicArn the Region's own alert topic
 * @param protectData whether the bucket must be emptied by hand before it can be destroyed
 */
public record MetricArchiveProps(
    ResourceNames names,
    MonitoringSettings settings,
    EncryptionKeys keys,
    AccessLogs accessLogs,
    String controllerNamespace,
    String topicArn,
    boolean protectData) {}
