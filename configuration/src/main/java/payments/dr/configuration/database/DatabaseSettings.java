package payments.dr.configuration.database;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/**
 * A generation of the current line of PostgreSQL.
 *
 * <p>Engine version, parameters and names stand here once for both Regions: a managed failover
 * needs them equal, so unequal ones cannot be written.
 */
public record DatabaseSettings(
    // Only minors whose secondary stays readable while the primary restarts, and only majors whose
    // logical replication can go both ways (origin = none), without which no migration to a later
    // generation could be rolled back. 16.8 and 17.7 are AWS's long-term releases.
    @Setting(
            value = "Aurora PostgreSQL version of both Regions; minor upgrades are a runbook",
            oneOf = {"16.6", "16.8", "16.9", "16.10", "16.11", "17.4", "17.5", "17.6", "17.7"})
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
    @Setting(value = "Port of both clusters, not PostgreSQL's own", min = 1150, max = 65535)
        Integer port,
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

  private static final int POSTGRESQL_PORT = 5432;

  public DatabaseSettings {
    engineVersion = Objects.requireNonNullElse(engineVersion, "17.7");
    primary = Objects.requireNonNullElseGet(primary, () -> new ClusterSettings(null, null, null));
    dr = Objects.requireNonNullElseGet(dr, () -> new ClusterSettings(null, null, null));
    databaseName = Objects.requireNonNullElse(databaseName, "paymentsdb");
    masterUsername = Objects.requireNonNullElse(masterUsername, "dbadmin");
    applicationUsername = Objects.requireNonNullElse(applicationUsername, "payments_app");
    port = Objects.requireNonNullElse(port, 6432);
    passwordVersion = Objects.requireNonNullElse(passwordVersion, 1);
    monitoringIntervalSeconds = Objects.requireNonNullElse(monitoringIntervalSeconds, 15);
    performanceInsightsRetentionDays =
        Objects.requireNonNullElse(performanceInsightsRetentionDays, 7);
    logRetentionDays = Objects.requireNonNullElse(logRetentionDays, 400);
    Faults faults =
        Faults.of(
            DatabaseSettings.class,
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
    if (port == POSTGRESQL_PORT) {
      faults.add("port", "not be the one that PostgreSQL is known by", port);
    }
    DatabaseRules.names(faults, databaseName, masterUsername, applicationUsername);
    faults.throwIfAny();
  }

  /** What a file that says nothing gets. */
  static DatabaseSettings defaults() {
    return new DatabaseSettings(
        null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
