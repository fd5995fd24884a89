package payments.dr.configuration.database;

import payments.dr.configuration.settings.Setting;

/** What may differ between the clusters of the two Regions. */
public record ClusterSettings(
    @Setting(
            value = "Instances of the cluster; a DR cluster without any cannot be promoted",
            defaultValue = "2",
            min = 0,
            max = 15)
        Integer instances,
    @Setting(
            value = "Instance class",
            defaultValue = "db.r6g.large",
            pattern = "db\\.[rx][0-9]+[a-z]*\\.([0-9]*x)?large",
            patternMeaning =
                "a memory-optimised class such as db.r6g.large, as a global database wants it")
        String instanceClass,
    @Setting(
            value =
                "Days that backups are kept, and with them the snapshot that an unplanned failover"
                    + " takes of the former primary",
            defaultValue = "14",
            min = 1,
            max = 35)
        Integer backupRetentionDays,
    @Setting(
            value =
                "Raise by one to make a new DR cluster beside one that was detached: it can never"
                    + " join again",
            defaultValue = "1",
            min = 1)
        Integer incarnation,
    @Setting(
            value =
                "Why a DR cluster has other instances than the primary Region's, which it may have"
                    + " to replace within minutes; required when it has",
            pattern = "\\S.{9,199}",
            patternMeaning = "a sentence of 10 to 200 characters",
            optional = true)
        String differsBecause) {

  /** Returns whether it can carry what the other carries. */
  public boolean hasInstancesOf(ClusterSettings other) {
    return instances.equals(other.instances) && instanceClass.equals(other.instanceClass);
  }

  /** Returns a suffix such as {@code -e2}; nothing for the first cluster of a Region. */
  public String nameSuffix() {
    return incarnation == 1 ? "" : "-e" + incarnation;
  }

  /** Returns a text such as {@code 2 of db.r6g.large}. */
  public String describeInstances() {
    return instances + " of " + instanceClass;
  }
}
