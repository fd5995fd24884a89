package payments.dr.main;

import java.util.List;
import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.modules.backup.BackupSource;
import payments.dr.modules.backup.RestoreTests;
import payments.dr.modules.backup.RestoreTestsProps;
import payments.dr.modules.monitoring.RestoreTestAlarms;
import payments.dr.modules.monitoring.RestoreTestAlarmsProps;
import payments.dr.modules.network.Tier;

/** Tests of restores in the DR Region, where backups are needed, and the alarms on them. */
final class RestoreTesting {

  private RestoreTesting() {}

  /** Makes nothing where the environment has no {@code backup.restoreTest}. */
  static void in(Foundation dr, Environment environment, List<BackupSource> sources) {
    RestoreTestSettings settings = environment.config().backup().restoreTest();
    if (settings == null) {
      return;
    }
    RestoreTests tests =
        new RestoreTests(
            dr.region(),
            "restore-tests",
            new RestoreTestsProps(
                environment.names(),
                settings,
                dr.keys(),
                dr.vault(),
                dr.network().vpcId(),
                dr.network().subnetIds(Tier.DATABASE),
                sources));
    new RestoreTestAlarms(
        dr.region(),
        "restore-test-alarms",
        new RestoreTestAlarmsProps(
            environment.names(), dr.keys(), tests.planArn(), dr.topic().arn()));
  }
}
