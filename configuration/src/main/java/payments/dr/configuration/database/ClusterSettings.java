package payments.dr.configuration.database;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** What may differ between the clusters of the two Regions. */
public record ClusterSettings(
    @Setting(
            value = "Instances of the cluster; a DR cluster without any cannot be promoted",
            min = 0,
            max = 15)
        Integer instances,
    @Setting(
            value = "Instance class",
            pattern = "db\\.[rx][0-9]+[a-z]*\\.([0-9]*x)?large",
            patternMeaning =
                "a memory-optimised class such as db.r6g.large, as a global database wants it")
        String instanceClass,
    @Setting(
            value =
                "Days that backups are kept, and with them the snapshot that an unplanned failover"
                    + " takes of the old primary",
            min = 1,
            max = 35)
        Integer backupRetentionDays,
    @Setting(
            value =
                "Raise by one to make a new DR cluster beside one that was detached: it can never"
                    + " join again",
            min = 1)
        Integer epoch,
    @Setting(
            value =
                "Why a DR cluster has other instances than the primary Region's, which it may have"
                    + " to replace within minutes; required when it has",
            pattern = "\\S.{9,199}",
            patternMeaning = "a sentence of 10 to 200 characters",
            optional = true)
        String differsBecause) {

  public ClusterSettings {
    instances = Objects.requireNonNullElse(instances, 2);
    instanceClass = Objects.requireNonNullElse(instanceClass, "db.r6g.large");
    backupRetentionDays = Objects.requireNonNullElse(backupRetentionDays, 14);
    epoch = Objects.requireNonNullElse(epoch, 1);
    Faults.of(
            ClusterSettings.class,
            instances,
            instanceClass,
            backupRetentionDays,
            epoch,
            differsBecause)
        .throwIfAny();
  }

  /** Those of a Region that never lost its cluster. */
  public ClusterSettings(Integer instances, String instanceClass, Integer backupRetentionDays) {
    this(instances, instanceClass, backupRetentionDays, null, null);
  }

  /** Whether it can carry what the other carries. */
  public boolean hasInstancesOf(ClusterSettings other) {
    return instances.equals(other.instances) && instanceClass.equals(other.instanceClass);
  }

  /** Such as {@code -e2}; nothing for the first cluster of a Region. */
  public String nameSuffix() {
    return epoch == 1 ? "" : "-e" + epoch;
  }

  /** Such as {@code 2 of db.r6g.large}. */
  public String describeInstances() {
    return instances + " of " + instanceClass;
  }
}
