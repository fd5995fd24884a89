package payments.dr.configuration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;

class BackupSettingsTest {

  @Test
  void absent_values_get_the_defaults() {
    BackupSettings settings = new BackupSettings(null, null, null, null);

    assertEquals(new HourlyBackupSettings(true, "cron(0 * * * ? *)", 1), settings.hourly());
    assertEquals(new DailyBackupSettings("cron(0 5 * * ? *)", 30, 30), settings.daily());
    assertNull(settings.monthly());
    assertNull(settings.vaultLock());
    assertEquals(
        new MonthlyBackupSettings("cron(0 6 1 * ? *)", 30, 365),
        new MonthlyBackupSettings(null, null, null));
  }

  @Test
  void a_lock_may_ask_what_disabled_hourly_points_would_not_meet() {
    new BackupSettings(
        new HourlyBackupSettings(false, null, null), null, null, new VaultLockSettings(7, 30, 3));
  }

  @ParameterizedTest
  @MethodSource
  void bad_values_are_refused(String message, Executable settings) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, settings).getMessage());
  }

  static Stream<Arguments> bad_values_are_refused() {
    return Stream.of(
        bad(
            "schedule must be an AWS cron expression of six fields such as cron(0 5 * * ? *),"
                + " got \"0 5 * * *\"",
            () -> new DailyBackupSettings("0 5 * * *", null, null)),
        bad("retentionDays must be 1 to 35, got 0", () -> new HourlyBackupSettings(null, null, 0)),
        bad(
            "copyRetentionDays must be 1 to 36500, got 0",
            () -> new DailyBackupSettings(null, null, 0)),
        bad(
            "retentionDays must be at least 90 days after coldStorageAfterDays 7, so 97, got 30",
            () -> new MonthlyBackupSettings(null, 7, 30)),
        bad(
            "retentionDays must be at least 90 days after coldStorageAfterDays 30, so 120, got 119",
            () -> new MonthlyBackupSettings(null, null, 119)),
        bad("changeableForDays must be 3 to 36500, got 2", () -> new VaultLockSettings(1, 30, 2)),
        bad(
            "maxRetentionDays must be at least minRetentionDays 30, got 7",
            () -> new VaultLockSettings(30, 7, null)),
        bad(
            "minRetentionDays is required: Days that every recovery point lives at least",
            () -> new VaultLockSettings(null, 7, null)),
        bad(
            "hourly.retentionDays must be 7 to 30 as vaultLock demands, got 1;"
                + " daily.retentionDays must be 7 to 30 as vaultLock demands, got 35;"
                + " monthly.retentionDays must be 7 to 30 as vaultLock demands, got 365",
            () ->
                new BackupSettings(
                    null,
                    new DailyBackupSettings(null, 35, 30),
                    new MonthlyBackupSettings(null, null, null),
                    new VaultLockSettings(7, 30, null))),
        bad(
            "daily.copyRetentionDays must be 1 to 30 as vaultLock demands, got 31",
            () ->
                new BackupSettings(
                    null,
                    new DailyBackupSettings(null, 30, 31),
                    null,
                    new VaultLockSettings(1, 30, null))));
  }

  private static Arguments bad(String message, Executable settings) {
    return Arguments.of(message, settings);
  }
}
