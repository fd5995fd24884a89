package payments.dr.configuration.backup;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** Which recovery points are taken and how long they live. */
public record BackupSettings(
    @Setting("Frequent recovery points in the primary Region") HourlyBackupSettings hourly,
    @Setting("Daily recovery points, copied to the DR Region") DailyBackupSettings daily,
    @Setting(value = "Monthly recovery points of the session tables; absent: none", optional = true)
        MonthlyBackupSettings monthly,
    @Setting(value = "Lock on both vaults; absent: none", optional = true)
        VaultLockSettings vaultLock) {

  public BackupSettings {
    hourly =
        Objects.requireNonNullElseGet(hourly, () -> new HourlyBackupSettings(null, null, null));
    daily = Objects.requireNonNullElseGet(daily, () -> new DailyBackupSettings(null, null, null));
    Faults faults = Faults.of(BackupSettings.class, hourly, daily, monthly, vaultLock);
    if (vaultLock != null) {
      if (hourly.enabled()) {
        fitsLock(faults, "hourly.retentionDays", hourly.retentionDays(), vaultLock);
      }
      fitsLock(faults, "daily.retentionDays", daily.retentionDays(), vaultLock);
      fitsLock(faults, "daily.copyRetentionDays", daily.copyRetentionDays(), vaultLock);
      if (monthly != null) {
        fitsLock(faults, "monthly.retentionDays", monthly.retentionDays(), vaultLock);
      }
    }
    faults.throwIfAny();
  }

  /** A locked vault fails every job whose recovery point would live shorter or longer. */
  private static void fitsLock(Faults faults, String key, int days, VaultLockSettings lock) {
    if (!lock.accepts(days)) {
      faults.add(
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
