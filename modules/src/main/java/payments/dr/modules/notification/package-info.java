/**
 * Where alarms report to people.
 *
 * <p>Inputs: {@link payments.dr.configuration.notification.NotificationSettings}. Outputs: a topic
 * ARN for each Region, so that a notice never has to pass through the Region it is about. Defaults:
 * customer-managed key, CloudWatch and roles of the own account as only publishers, TLS only, no
 * subscribers.
 */
package payments.dr.modules.notification;
