package payments.dr.modules.monitoring;

import payments.dr.configuration.naming.ResourceNames;

/**
 * What the alarm on one Region's certificate needs.
 *
 * @param topicArn the Region's own alert topic
 */
public record CertificateAlarmsProps(ResourceNames names, String certificateArn, String topicArn) {}
