package payments.dr.modules.notification;

import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.naming.ResourceNames;

/** What an alert topic needs. */
public record AlertTopicProps(
    ResourceNames names, NotificationSettings settings, EncryptionKeys keys) {}
