package payments.dr.modules.backup;

import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRule;
import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRuleCopyAction;
import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRuleCopyActionLifecycle;
import com.hashicorp.cdktf.providers.aws.backup_plan.BackupPlanRuleLifecycle;
import java.util.ArrayList;
import java.util.List;
import payments.dr.configuration.backup.BackupSettings;
import payments.dr.configuration.backup.DailyBackupSettings;
import payments.dr.configuration.backup.HourlyBackupSettings;
import payments.dr.configuration.backup.MonthlyBackupSettings;

/**
 * The rules of backup plans: schedule, windows, lifecycle.
 *
 * @param vaultName where recovery points go
 * @param copyVaultArn where their copies go
 */
record BackupRules(String vaultName, String copyVaultArn) {

  List<BackupPlanRule> ofDatabases(BackupSettings settings) {
    List<BackupPlanRule> rules = new ArrayList<>();
    if (settings.hourly().enabled()) {
      rules.add(hourly(settings.hourly()));
    }
    rules.add(daily(settings.daily()));
    return rules;
  }

  BackupPlanRule monthly(MonthlyBackupSettings monthly) {
    return rule("monthly", monthly.schedule(), 1440)
        .lifecycle(
            BackupPlanRuleLifecycle.builder()
                .coldStorageAfter(monthly.coldStorageAfterDays())
                .deleteAfter(monthly.retentionDays())
                .build())
        .copyAction(
            copy(
                BackupPlanRuleCopyActionLifecycle.builder()
                    .coldStorageAfter(monthly.coldStorageAfterDays())
                    .deleteAfter(monthly.retentionDays())
                    .build()))
        .build();
  }

  private BackupPlanRule hourly(HourlyBackupSettings hourly) {
    return rule("hourly", hourly.schedule(), 120)
        .lifecycle(BackupPlanRuleLifecycle.builder().deleteAfter(hourly.retentionDays()).build())
        .build();
  }

  private BackupPlanRule daily(DailyBackupSettings daily) {
    return rule("daily", daily.schedule(), (int) DailyBackupSettings.COMPLETION_WINDOW.toMinutes())
        .lifecycle(BackupPlanRuleLifecycle.builder().deleteAfter(daily.retentionDays()).build())
        .copyAction(
            copy(
                BackupPlanRuleCopyActionLifecycle.builder()
                    .deleteAfter(daily.copyRetentionDays())
                    .build()))
        .build();
  }

  private BackupPlanRule.Builder rule(String name, String schedule, int completionMinutes) {
    return BackupPlanRule.builder()
        .ruleName(name)
        .targetVaultName(vaultName)
        .schedule(schedule)
        .startWindow(DailyBackupSettings.START_WINDOW.toMinutes())
        .completionWindow(completionMinutes);
  }

  /** With a lifecycle of its own: without one, copies are kept for ever. */
  private List<BackupPlanRuleCopyAction> copy(BackupPlanRuleCopyActionLifecycle lifecycle) {
    return List.of(
        BackupPlanRuleCopyAction.builder()
            .destinationVaultArn(copyVaultArn)
            .lifecycle(lifecycle)
            .build());
  }
}
