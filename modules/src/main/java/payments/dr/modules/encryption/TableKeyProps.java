package payments.dr.modules.encryption;

import payments.dr.configuration.encryption.EncryptionSettings;

/**
 * What the key of one table needs.
 *
 * @param name of its alias, without {@code alias/}
 * @param protectData whether Terraform refuses to delete it: what it encrypted goes with it
 */
public record TableKeyProps(String name, EncryptionSettings settings, boolean protectData) {}
