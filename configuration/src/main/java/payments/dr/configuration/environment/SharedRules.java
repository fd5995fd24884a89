package payments.dr.configuration.environment;

import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.state.StateKind;
import payments.dr.configuration.state.StateSettings;

/** Rules over several keys that environments and accounts have in common. */
final class SharedRules {

  private SharedRules() {}

  static void bucketPrefix(ConfigurationErrors errors, String bucketPrefix, boolean localAws) {
    if (bucketPrefix == null && !localAws) {
      errors.require("bucketPrefix", "unless localAws is true: S3 names are global");
    }
  }

  /**
   * @param keySuffix what follows {@code regions.dr} in the key of a Region's name
   */
  static void regions(ConfigurationErrors errors, RegionPair<String> regions, String keySuffix) {
    if (regions.primary().equals(regions.dr())) {
      errors.add("regions.dr" + keySuffix, "differ from the primary Region", regions.dr());
    }
  }

  /**
   * The state must outlive the primary Region, and a local one is nobody else's: no pipeline and no
   * workspace reaches the local AWS that it describes.
   */
  static void state(
      ConfigurationErrors errors, StateSettings state, boolean localAws, String primaryRegion) {
    if (state == null) {
      return;
    }
    if (state.kind() == StateKind.LOCAL && !localAws) {
      errors.add("state.kind", "be s3 or terraform-cloud unless localAws is true", "local");
    }
    if (state.kind() == StateKind.TERRAFORM_CLOUD && localAws) {
      errors.add("state.kind", "be s3 or local when localAws is true", "terraform-cloud");
    }
    if (state.region() != null && state.region().equals(primaryRegion)) {
      errors.add(
          "state.region", "not be the primary Region, whose loss it must survive", state.region());
    }
  }
}
