package payments.dr.configuration.database;

import java.util.List;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/**
 * What an operator chooses for one generation; {@link GenerationsSettings} says which versions and
 * which port each one has.
 *
 * <p>Engine version, parameters and names stand here once for both Regions: a managed failover
 * needs them equal, so unequal ones cannot be written.
 */
public record GenerationSettings(
    @Setting("Aurora PostgreSQL version of both Regions; minor upgrades are a runbook")
        String engineVersion,
    @Setting("Cluster of the primary Region; at least one instance") ClusterSettings primary,
    @Setting("Cluster of the DR Region") ClusterSettings dr,
    @Setting(
            value = "Database made with the cluster",
            defaultValue = "paymentsdb",
            pattern = GenerationSettings.IDENTIFIER,
            patternMeaning = GenerationSettings.IDENTIFIER_MEANING)
        String databaseName,
    @Setting(
            value = "Administrator, for migrations; applications sign in with IAM instead",
            defaultValue = "dbadmin",
            pattern = GenerationSettings.IDENTIFIER,
            patternMeaning = GenerationSettings.IDENTIFIER_MEANING)
        String masterUsername,
    @Setting(
            value = "Role that the application signs in as, with IAM",
            defaultValue = "payments_app",
            pattern = GenerationSettings.IDENTIFIER,
            patternMeaning = GenerationSettings.IDENTIFIER_MEANING)
        String applicationUsername,
    @Setting(value = "Port of both clusters", min = 1150, max = 65535) Integer port,
    @Setting(
            value = "Raise by one to give the administrator a new password",
            defaultValue = "1",
            min = 1)
        Integer passwordVersion,
    @Setting(
            value =
                "Seconds of loss above which the primary holds commits back; absent, it never does",
            min = 20,
            optional = true)
        Integer rpoBoundSeconds,
    @Setting(
            value = "Seconds between operating system metrics",
            defaultValue = "15",
            oneOf = {"1", "5", "10", "15", "30", "60"})
        Integer monitoringIntervalSeconds,
    @Setting(
            value = "Days that Performance Insights are kept; 7 are free",
            defaultValue = "7",
            oneOf = {"7", "31", "62", "93", "186", "372", "465", "731"})
        Integer performanceInsightsRetentionDays,
    @Setting(
            value = "Days that database logs are kept",
            defaultValue = "400",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays) {

  static final String IDENTIFIER = "[a-z][a-z0-9_]{0,62}";
  static final String IDENTIFIER_MEANING =
      "1 to 63 lower-case letters, digits and underscores, a letter first";

  private static final List<String> RESERVED_DATABASES =
      List.of("postgres", "rdsadmin", "template0", "template1");
  private static final List<String> RESERVED_USERS = List.of("admin", "postgres", "rdsadmin");

  public GenerationSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    if (primary.instances() < 1) {
      errors.add("primary.instances", "be 1 to 15", primary.instances());
    }
    if (primary.incarnation() > 1) {
      // The original was given a password and a database, which no later member may have.
      errors.add(
          "primary.incarnation",
          "be 1, because only a DR cluster can be made anew",
          primary.incarnation());
    }
    refuseReserved(errors, "databaseName", RESERVED_DATABASES, databaseName);
    refuseReserved(errors, "masterUsername", RESERVED_USERS, masterUsername);
    refuseReserved(errors, "applicationUsername", RESERVED_USERS, applicationUsername);
    if (applicationUsername.equals(masterUsername)) {
      errors.add("applicationUsername", "differ from masterUsername", applicationUsername);
    }
    errors.throwIfAny();
  }

  /** Returns the settings of both clusters, by Region. */
  public RegionPair<ClusterSettings> clusters() {
    return new RegionPair<>(primary, dr);
  }

  /** Returns the parameter group family of the engine: {@code aurora-postgresql17}. */
  public String parameterFamily() {
    return "aurora-postgresql" + engineVersion.substring(0, engineVersion.indexOf('.'));
  }

  private static void refuseReserved(
      ConfigurationErrors errors, String key, List<String> reserved, String given) {
    if (reserved.contains(given)) {
      errors.add(key, "be none of " + String.join(", ", reserved), given);
    }
  }
}
