/**
 * AWS Regions as scopes with a provider each: the two of the pair by their roles, and a third one.
 *
 * <p>Inputs: {@link payments.dr.configuration.region.RegionSettings} of each Region and the {@link
 * payments.dr.configuration.region.ProviderSettings} they share. Defaults that matter: credentials
 * are exchanged in the DR Region, only the configured account is touched, no default provider
 * exists.
 */
package payments.dr.modules.region;
