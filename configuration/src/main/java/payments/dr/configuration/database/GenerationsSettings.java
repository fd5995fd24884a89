package payments.dr.configuration.database;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Refined;
import payments.dr.configuration.settings.Setting;

/**
 * Which generations of the database exist, which one is used, and the settings of each.
 *
 * <p>They stand for six states: one generation alone, and both with either of them active, the
 * other one retiring or not. From each one the next is one edit away.
 */
public record GenerationsSettings(
    @Setting(
            value = "Generations that exist; two while moving between them",
            defaultValue = "[v2]",
            min = 1,
            max = 2)
        List<DatabaseGeneration> deployed,
    @Setting(value = "Generation that applications use: the flag of a cutover", defaultValue = "v2")
        DatabaseGeneration active,
    @Setting(
            value =
                "Generation whose protection against removal is lifted, so that it can leave"
                    + " deployed next",
            optional = true)
        DatabaseGeneration retiring,
    @Setting(
            value =
                "Snapshot that each cluster of the retiring generation leaves, named"
                    + " <role>-<finalSnapshot>-<environment>",
            pattern = GenerationsSettings.SNAPSHOT,
            patternMeaning = GenerationsSettings.SNAPSHOT_MEANING,
            optional = true)
        String finalSnapshot,
    // From the first minor on whose secondary stays readable while the primary restarts; later ones
    // are AWS's to offer and to withdraw. One that is running already is left as it is: plans
    // ignore
    // the version of existing clusters. Where the predecessor's clients connect stays; another port
    // would restart the cluster under them.
    @Setting("First generation, the predecessor's")
        @Refined(
            key = "engineVersion",
            defaultValue = "14.20",
            pattern = GenerationsSettings.V1_VERSION,
            patternMeaning = GenerationsSettings.V1_VERSION_MEANING)
        @Refined(key = "port", defaultValue = "5432")
        GenerationSettings v1,
    // From such a minor on, too, of majors that a global database takes and whose logical
    // replication can go both ways (origin = none), without which no migration to a later
    // generation could be rolled back. 16.8 and 17.7 are AWS's long-term releases.
    @Setting("Second generation")
        @Refined(
            key = "engineVersion",
            defaultValue = "17.7",
            pattern = GenerationsSettings.V2_VERSION,
            patternMeaning = GenerationsSettings.V2_VERSION_MEANING)
        @Refined(
            key = "port",
            value = "Port of both clusters, not PostgreSQL's own",
            defaultValue = "6432")
        GenerationSettings v2) {

  private static final int POSTGRESQL_PORT = 5432;

  static final String V1_VERSION = "14\\.(1[5-9]|[2-9][0-9])";
  static final String V1_VERSION_MEANING = "14.15 or a later minor of 14, such as 14.20";
  static final String V2_VERSION =
      "16\\.([6-9]|[1-9][0-9])|17\\.([4-9]|[1-9][0-9])|18\\.([3-9]|[1-9][0-9])";
  static final String V2_VERSION_MEANING =
      "16.6, 17.4, 18.3 or a later minor of these, such as 17.7";

  static final String SNAPSHOT = "(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*";
  static final String SNAPSHOT_MEANING =
      "1 to 63 lower-case letters, digits and single hyphens, a letter first";

  public GenerationsSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (deployed.stream().distinct().count() < deployed.size()) {
      errors.add("deployed", "name each generation once", ids(deployed));
    }
    if (!deployed.isEmpty() && !deployed.contains(active)) {
      errors.add("active", "be deployed (" + ids(deployed) + ")", active.id());
    }
    if (v2.port() == POSTGRESQL_PORT) {
      errors.add("v2.port", "not be the one that PostgreSQL is known by", v2.port());
    }
    checkRetiring(errors, deployed, active, retiring, finalSnapshot);
    errors.throwIfAny();
    // In their own order, so that the order in the file changes nothing.
    deployed = Stream.of(DatabaseGeneration.values()).filter(deployed::contains).toList();
  }

  /** Returns the settings of a generation, deployed or not. */
  public GenerationSettings of(DatabaseGeneration generation) {
    return switch (generation) {
      case V1 -> v1;
      case V2 -> v2;
    };
  }

  /**
   * Returns what the last snapshots of a generation are called, when it is the one that retires.
   */
  public Optional<String> finalSnapshotOf(DatabaseGeneration generation) {
    return generation == retiring ? Optional.of(finalSnapshot) : Optional.empty();
  }

  private static void checkRetiring(
      ConfigurationErrors errors,
      List<DatabaseGeneration> deployed,
      DatabaseGeneration active,
      DatabaseGeneration retiring,
      String finalSnapshot) {
    if (retiring == null) {
      if (finalSnapshot != null) {
        errors.add("finalSnapshot", "be left out unless a generation is retiring", finalSnapshot);
      }
      return;
    }
    if (retiring == active || !deployed.contains(retiring)) {
      errors.add(
          "retiring", "be deployed (" + ids(deployed) + ") and not the active one", retiring.id());
    }
    if (finalSnapshot == null) {
      errors.require("finalSnapshot", "while " + retiring.id() + " is retiring");
    }
  }

  private static String ids(List<DatabaseGeneration> generations) {
    return String.join(", ", generations.stream().map(DatabaseGeneration::id).toList());
  }
}
