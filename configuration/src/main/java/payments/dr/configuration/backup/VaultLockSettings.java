package payments.dr.configuration.backup;

import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** A lock on both vaults: nobody shortens the life of a recovery point, administrators included. */
public record VaultLockSettings(
    @Setting(value = "Days that every recovery point lives at least", min = 1, max = 36500)
        Integer minRetentionDays,
    @Setting(value = "Days that a recovery point lives at most", min = 1, max = 36500)
        Integer maxRetentionDays,
    @Setting(
            value =
                "Days until the lock itself becomes irrevocable (compliance mode); absent: the lock"
                    + " stays removable by those with the permission (governance mode)",
            min = 3,
            max = 36500,
            optional = true)
        Integer changeableForDays) {

  public VaultLockSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (maxRetentionDays < minRetentionDays) {
      errors.add(
          "maxRetentionDays", "be at least minRetentionDays " + minRetentionDays, maxRetentionDays);
    }
    errors.throwIfAny();
  }

  /** Whether a locked vault accepts recovery points of this life. */
  boolean accepts(int retentionDays) {
    return retentionDays >= minRetentionDays && retentionDays <= maxRetentionDays;
  }
}
