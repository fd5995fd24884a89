package payments.dr.configuration.database;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/**
 * Which generations of the database exist, which one is used, and the settings of each.
 *
 * <p>They stand for six states: one generation alone, and both with either of them active, the
 * other one retiring or not. From each one the next is one edit away.
 */
public record DatabasesSettings(
    @Setting(value = "Generations that exist; two while moving between them", min = 1, max = 2)
        List<DatabaseGeneration> deployed,
    @Setting("Generation that applications use: the flag of a cutover") DatabaseGeneration active,
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
            pattern = DatabasesSettings.SNAPSHOT,
            patternMeaning = DatabasesSettings.SNAPSHOT_MEANING,
            optional = true)
        String finalSnapshot,
    @Setting("First generation, the predecessor's") DatabaseV1Settings v1,
    @Setting("Second generation") DatabaseSettings v2) {

  static final String SNAPSHOT = "(?=.{1,63}$)[a-z][a-z0-9]*(-[a-z0-9]+)*";
  static final String SNAPSHOT_MEANING =
      "1 to 63 lower-case letters, digits and single hyphens, a letter first";

  public DatabasesSettings {
    deployed = deployed == null ? List.of(DatabaseGeneration.V2) : List.copyOf(deployed);
    active = Objects.requireNonNullElse(active, DatabaseGeneration.V2);
    v1 = Objects.requireNonNullElseGet(v1, DatabaseV1Settings::defaults);
    v2 = Objects.requireNonNullElseGet(v2, DatabaseSettings::defaults);
    Faults faults =
        Faults.of(DatabasesSettings.class, deployed, active, retiring, finalSnapshot, v1, v2);
    if (deployed.stream().distinct().count() < deployed.size()) {
      faults.add("deployed", "name each generation once", ids(deployed));
    }
    if (!deployed.isEmpty() && !deployed.contains(active)) {
      faults.add("active", "be deployed (" + ids(deployed) + ")", active.id());
    }
    checkRetiring(faults, deployed, active, retiring, finalSnapshot);
    faults.throwIfAny();
    // In their own order, so that the order in the file changes nothing.
    deployed = List.copyOf(EnumSet.copyOf(deployed));
  }

  /** The settings of a generation, deployed or not. */
  public DatabaseChoices of(DatabaseGeneration generation) {
    return switch (generation) {
      case V1 -> v1;
      case V2 -> v2;
    };
  }

  /** What the last snapshots of a generation are called, when it is the one that retires. */
  public Optional<String> finalSnapshotOf(DatabaseGeneration generation) {
    return generation == retiring ? Optional.of(finalSnapshot) : Optional.empty();
  }

  private static void checkRetiring(
      Faults faults,
      List<DatabaseGeneration> deployed,
      DatabaseGeneration active,
      DatabaseGeneration retiring,
      String finalSnapshot) {
    if (retiring == null) {
      if (finalSnapshot != null) {
        faults.add("finalSnapshot", "be left out unless a generation is retiring", finalSnapshot);
      }
      return;
    }
    if (retiring == active || !deployed.contains(retiring)) {
      faults.add(
          "retiring", "be deployed (" + ids(deployed) + ") and not the active one", retiring.id());
    }
    if (finalSnapshot == null) {
      faults.require("finalSnapshot", "while " + retiring.id() + " is retiring");
    }
  }

  private static String ids(List<DatabaseGeneration> generations) {
    return String.join(", ", generations.stream().map(DatabaseGeneration::id).toList());
  }
}
