package payments.dr.modules.notification;

import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.notification.NotificationSettings;
import payments.dr.modules.encryption.EncryptionKeys;

/** What an alert topic needs. */
public record AlertTopicProps(
    ResourceNames names, NotificationSettings settings, EncryptionKeys keys) {}
