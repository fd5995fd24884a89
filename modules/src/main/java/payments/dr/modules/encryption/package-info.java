/**
 * Customer-managed KMS keys.
 *
 * <p>Inputs: {@link payments.dr.configuration.encryption.EncryptionSettings}. Outputs: a key ARN
 * for each {@link payments.dr.modules.encryption.KeyPurpose} and Region. Defaults: rotation each
 * 365 days, recovery window 30 days, use only through the services that a key is for; of what
 * crosses Regions, through those of both.
 */
package payments.dr.modules.encryption;
