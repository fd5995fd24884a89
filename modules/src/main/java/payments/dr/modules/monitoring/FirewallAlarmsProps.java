package payments.dr.modules.monitoring;

import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarm on one Region's firewall needs.
 *
 * @param webAclName under which it reports
 * @param topicArn the Region's own alert topic
 */
public record FirewallAlarmsProps(
    ResourceNames names, MonitoringSettings settings, String webAclName, String topicArn) {}
