package payments.dr.configuration.region;

import java.util.Map;

/**
 * What both AWS providers of a stack share.
 *
 * @param accountId the only account they may touch
 * @param stsRegion Region that signs them in; not the primary one, so that plans work without it
 * @param localAws whether they talk to a local AWS, which has no bucket host names and no instance
 *     metadata
 * @param tags on every resource
 */
public record ProviderSettings(
    String accountId, String stsRegion, boolean localAws, Map<String, String> tags) {

  public ProviderSettings {
    tags = Map.copyOf(tags);
  }
}
