package payments.dr.configuration.database;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/**
 * The predecessor's generation: PostgreSQL 14 on PostgreSQL's own port.
 *
 * <p>Apart from these two like {@link DatabaseSettings}, but a record of its own, so that nothing
 * that later generations gain or drop changes it.
 */
public record DatabaseV1Settings(
    // Only minors whose secondary stays readable while the primary restarts. An older one that is
    // running already is left as it is: plans ignore the version of existing clusters.
    @Setting(
            value = "Aurora PostgreSQL version of both Regions; minor upgrades are a runbook",
            oneOf = {"14.15", "14.17", "14.18", "14.19", "14.20"})
        String engineVersion,
    @Setting("Cluster of the primary Region; at least one instance") ClusterSettings primary,
    @Setting("Cluster of the DR Region") ClusterSettings dr,
    @Setting(
            value = "Database made with the cluster",
            pattern = DatabaseRules.IDENTIFIER,
            patternMeaning = DatabaseRules.IDENTIFIER_MEANING)
        String databaseName,
    @Setting(
            value = "Administrator, for migrations; applications sign in with IAM instead",
            pattern = DatabaseRules.IDENTIFIER,
            patternMeaning = DatabaseRules.IDENTIFIER_MEANING)
        String masterUsername,
    @Setting(
            value = "Role that the application signs in as, with IAM",
            pattern = DatabaseRules.IDENTIFIER,
            patternMeaning = DatabaseRules.IDENTIFIER_MEANING)
        String applicationUsername,
    @Setting(value = "Port of both clusters", min = 1150, max = 65535) Integer port,
    @Setting(value = "Raise by one to give the administrator a new password", min = 1)
        Integer passwordVersion,
    @Setting(
            value =
                "Seconds of loss above which the primary holds commits back; absent, it never does",
            min = 20,
            optional = true)
        Integer rpoBoundSeconds,
    @Setting(
            value = "Seconds between operating system metrics",
            oneOf = {"1", "5", "10", "15", "30", "60"})
        Integer monitoringIntervalSeconds,
    @Setting(
            value = "Days that Performance Insights are kept; 7 are free",
            oneOf = {"7", "31", "62", "93", "186", "372", "465", "731"})
        Integer performanceInsightsRetentionDays,
    @Setting(
            value = "Days that database logs are kept",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays)
    implements DatabaseChoices {

  public DatabaseV1Settings {
    engineVersion = Objects.requireNonNullElse(engineVersion, "14.20");
    primary = Objects.requireNonNullElseGet(primary, () -> new ClusterSettings(null, null, null));
    dr = Objects.requireNonNullElseGet(dr, () -> new ClusterSettings(null, null, null));
    databaseName = Objects.requireNonNullElse(databaseName, "paymentsdb");
    masterUsername = Objects.requireNonNullElse(masterUsername, "dbadmin");
    applicationUsername = Objects.requireNonNullElse(applicationUsername, "payments_app");
    // Where the predecessor's clients connect; another port would restart the cluster under them.
    port = Objects.requireNonNullElse(port, 5432);
    passwordVersion = Objects.requireNonNullElse(passwordVersion, 1);
    monitoringIntervalSeconds = Objects.requireNonNullElse(monitoringIntervalSeconds, 15);
    performanceInsightsRetentionDays =
        Objects.requireNonNullElse(performanceInsightsRetentionDays, 7);
    logRetentionDays = Objects.requireNonNullElse(logRetentionDays, 400);
    Faults faults =
        Faults.of(
            DatabaseV1Settings.class,
            engineVersion,
            primary,
            dr,
            databaseName,
            masterUsername,
            applicationUsername,
            port,
            passwordVersion,
            rpoBoundSeconds,
            monitoringIntervalSeconds,
            performanceInsightsRetentionDays,
            logRetentionDays);
    DatabaseRules.primary(faults, primary);
    DatabaseRules.names(faults, databaseName, masterUsername, applicationUsername);
    faults.throwIfAny();
  }

  /** What a file that says nothing gets. */
  static DatabaseV1Settings defaults() {
    return new DatabaseV1Settings(
        null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
