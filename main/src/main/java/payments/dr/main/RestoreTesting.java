package payments.dr.main;

import payments.dr.configuration.backup.RestoreTestSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.backup.RestoreTests;
import payments.dr.modules.backup.RestoreTestsProps;
import payments.dr.modules.monitoring.RestoreTestAlarms;
import payments.dr.modules.monitoring.RestoreTestAlarmsProps;
import payments.dr.modules.network.Tier;

/** Tests of restores in the DR Region, where backups are needed, and the alarms on them. */
final class RestoreTesting {

  private RestoreTesting() {}

  /** Makes nothing where the environment has no {@code backup.restoreTest}. */
  static void of(Environment environment, RegionPair<Foundation> foundations, Databases databases) {
    RestoreTestSettings settings = environment.config().backup().restoreTest();
    if (settings == null) {
      return;
    }
    Foundation dr = foundations.dr();
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
                dr.network().zoneNames(Tier.DATABASE),
                databases.backupSources()));
    new RestoreTestAlarms(
        "restore-test-alarms",
        new RestoreTestAlarmsProps(
            environment.names(),
            foundations.map(Foundation::region),
            dr.keys(),
            tests.planArn(),
            databases.monitored(),
            dr.topic().arn()));
  }
}
