package payments.dr.configuration.backup;

import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Which recovery points are taken and how long they live. */
public record BackupSettings(
    @Setting("Frequent recovery points in each Region") HourlyBackupSettings hourly,
    @Setting("Daily recovery points of each Region, copied to the other") DailyBackupSettings daily,
    @Setting(value = "Monthly recovery points of the session tables; absent: none", optional = true)
        MonthlyBackupSettings monthly,
    @Setting(value = "Lock on both vaults; absent: none", optional = true)
        VaultLockSettings vaultLock,
    @Setting(value = "Tests of restores in the DR Region; absent: none", optional = true)
        RestoreTestSettings restoreTest) {

  public BackupSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (vaultLock != null) {
      if (hourly.enabled()) {
        fitsLock(errors, "hourly.retentionDays", hourly.retentionDays(), vaultLock);
      }
      fitsLock(errors, "daily.retentionDays", daily.retentionDays(), vaultLock);
      fitsLock(errors, "daily.copyRetentionDays", daily.copyRetentionDays(), vaultLock);
      if (monthly != null) {
        fitsLock(errors, "monthly.retentionDays", monthly.retentionDays(), vaultLock);
      }
    }
    errors.throwIfAny();
  }

  /** A locked vault fails every job whose recovery point would live shorter or longer. */
  private static void fitsLock(
      ConfigurationErrors errors, String key, int days, VaultLockSettings lock) {
    if (!lock.accepts(days)) {
      errors.add(
          key,
          "be "
              + lock.minRetentionDays()
              + " to "
              + lock.maxRetentionDays()
              + " as vaultLock demands",
          days);
    }
  }
}
