package payments.dr.configuration.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class BackupSettingsTest {

  @Test
  void absent_values_get_the_defaults() {
    BackupSettings settings = SettingsFactory.of(BackupSettings.class);

    assertEquals(
        SettingsFactory.of(
            HourlyBackupSettings.class,
            "enabled",
            true,
            "schedule",
            "cron(0 * * * ? *)",
            "retentionDays",
            1),
        settings.hourly());
    assertEquals(new DailyBackupSettings("cron(0 5 * * ? *)", 30, 30), settings.daily());
    assertNull(settings.monthly());
    assertNull(settings.vaultLock());
    assertNull(settings.restoreTest());
    assertEquals(new RestoreTestSettings(9), SettingsFactory.of(RestoreTestSettings.class));
    assertEquals(
        new MonthlyBackupSettings("cron(0 6 1 * ? *)", 30, 365),
        SettingsFactory.of(MonthlyBackupSettings.class));
  }

  /** CloudWatch takes no alarm that looks back further. */
  @Test
  void what_is_missing_is_told_within_a_week() {
    assertTrue(RestoreTestSettings.LONGEST_GAP.compareTo(Duration.ofDays(7)) < 0);
    assertEquals(
        "cron(0 17 ? * SUN,WED *)",
        SettingsFactory.of(RestoreTestSettings.class, "hour", 17).schedule());
    assertEquals(Duration.ofHours(33), DailyBackupSettings.LONGEST_GAP);
  }

  @Test
  void a_lock_may_ask_what_disabled_hourly_points_would_not_meet() {
    SettingsFactory.of(
        BackupSettings.class,
        "hourly",
        SettingsFactory.of(HourlyBackupSettings.class, "enabled", false),
        "vaultLock",
        new VaultLockSettings(7, 30, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cron(0 5 * * ? *)", "cron(30 5,17 ? * * *)", "cron(0 */6 * * ? *)"})
  void daily_backup_may_start_at_any_time_of_every_day(String schedule) {
    assertEquals(
        schedule, SettingsFactory.of(DailyBackupSettings.class, "schedule", schedule).schedule());
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
            () -> SettingsFactory.of(HourlyBackupSettings.class, "schedule", "0 5 * * *")),
        notDaily("0 5 * * *"),
        notDaily("cron(0 5 ? * MON-FRI *)"),
        notDaily("cron(0 5 */2 * ? *)"),
        notDaily("cron(0 5 * 1-6 ? *)"),
        notDaily("cron(0 5 * * ? 2027)"),
        bad(
            "retentionDays must be 1 to 35, got 0",
            () -> SettingsFactory.of(HourlyBackupSettings.class, "retentionDays", 0)),
        bad(
            "copyRetentionDays must be 1 to 36500, got 0",
            () -> SettingsFactory.of(DailyBackupSettings.class, "copyRetentionDays", 0)),
        bad(
            "retentionDays must be at least 90 days after coldStorageAfterDays 7, so 97, got 30",
            () ->
                SettingsFactory.of(
                    MonthlyBackupSettings.class, "coldStorageAfterDays", 7, "retentionDays", 30)),
        bad(
            "retentionDays must be at least 90 days after coldStorageAfterDays 30, so 120, got 119",
            () -> SettingsFactory.of(MonthlyBackupSettings.class, "retentionDays", 119)),
        bad(
            "changeableForDays must be 3 to 36500, got 2",
            () ->
                SettingsFactory.of(
                    VaultLockSettings.class,
                    "minRetentionDays",
                    1,
                    "maxRetentionDays",
                    30,
                    "changeableForDays",
                    2)),
        bad(
            "maxRetentionDays must be at least minRetentionDays 30, got 7",
            () ->
                SettingsFactory.of(
                    VaultLockSettings.class, "minRetentionDays", 30, "maxRetentionDays", 7)),
        bad(
            "minRetentionDays is required: Days that every recovery point lives at least",
            () -> SettingsFactory.of(VaultLockSettings.class, "maxRetentionDays", 7)),
        bad(
            "hourly.retentionDays must be 7 to 30 as vaultLock demands, got 1;"
                + " daily.retentionDays must be 7 to 30 as vaultLock demands, got 35;"
                + " monthly.retentionDays must be 7 to 30 as vaultLock demands, got 365",
            () ->
                SettingsFactory.of(
                    BackupSettings.class,
                    "daily",
                    SettingsFactory.of(
                        DailyBackupSettings.class, "retentionDays", 35, "copyRetentionDays", 30),
                    "monthly",
                    SettingsFactory.of(MonthlyBackupSettings.class),
                    "vaultLock",
                    SettingsFactory.of(
                        VaultLockSettings.class, "minRetentionDays", 7, "maxRetentionDays", 30))),
        bad(
            "daily.copyRetentionDays must be 1 to 30 as vaultLock demands, got 31",
            () ->
                SettingsFactory.of(
                    BackupSettings.class,
                    "daily",
                    SettingsFactory.of(
                        DailyBackupSettings.class, "retentionDays", 30, "copyRetentionDays", 31),
                    "vaultLock",
                    SettingsFactory.of(
                        VaultLockSettings.class, "minRetentionDays", 1, "maxRetentionDays", 30))));
  }

  private static Arguments notDaily(String schedule) {
    return bad(
        "schedule must be an AWS cron expression that starts every day such as"
            + " cron(0 5 * * ? *), got \"%s\"".formatted(schedule),
        () -> SettingsFactory.of(DailyBackupSettings.class, "schedule", schedule));
  }

  private static Arguments bad(String message, Executable settings) {
    return Arguments.of(message, settings);
  }
}
