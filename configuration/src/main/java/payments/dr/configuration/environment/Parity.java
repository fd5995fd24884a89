package payments.dr.configuration.environment;

import payments.dr.configuration.database.ClusterSettings;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.ConfigurationErrors;

/**
 * What a Region needs to replace the other within minutes. Most of it is one setting for both; only
 * a database cluster's instances may differ, and then somebody has to say why.
 */
final class Parity {

  private Parity() {}

  /**
   * @param key of the generation, such as {@code databases.v2}
   */
  static void ofClusters(ConfigurationErrors errors, String key, GenerationSettings choices) {
    RegionPair<ClusterSettings> clusters = choices.clusters();
    boolean equal = clusters.dr().hasInstancesOf(clusters.primary());
    String declared = clusters.dr().differsBecause();
    if (clusters.primary().differsBecause() != null) {
      errors.add(
          key + ".primary.differsBecause",
          "be given for the DR cluster only",
          clusters.primary().differsBecause());
    }
    if (equal && declared != null) {
      errors.add(key + ".dr.differsBecause", "be left out while the instances are equal", declared);
    }
    if (!equal && declared == null) {
      errors.add(
          key + ".dr",
          "have the primary cluster's instances, "
              + clusters.primary().describeInstances()
              + ", or say why not under differsBecause: it may have to carry the whole load within"
              + " minutes",
          clusters.dr().describeInstances());
    }
  }
}
