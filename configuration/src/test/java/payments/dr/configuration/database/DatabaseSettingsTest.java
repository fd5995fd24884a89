package payments.dr.configuration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;

class DatabaseSettingsTest {

  private static final String VERSIONS = "16.6, 16.8, 16.9, 16.10, 16.11, 17.4, 17.5, 17.6, 17.7";

  @Test
  void absent_values_get_their_defaults() {
    assertEquals(
        new DatabaseSettings(
            "17.7",
            new ClusterSettings(2, "db.r6g.large", 14),
            new ClusterSettings(2, "db.r6g.large", 14),
            "paymentsdb",
            "dbadmin",
            "payments_app",
            6432,
            1,
            null,
            15,
            7,
            400),
        new DatabaseSettings(
            null, null, null, null, null, null, null, null, null, null, null, null));
  }

  @Test
  void dr_cluster_may_have_no_instance() {
    assertEquals(
        0, settings(null, null, new ClusterSettings(0, null, null)).clusters().dr().instances());
  }

  @Test
  void parameter_family_is_that_of_the_major_version() {
    assertEquals("aurora-postgresql16", settings("16.10", null, null).parameterFamily());
  }

  @ParameterizedTest
  @MethodSource
  void bad_value_is_refused(Executable settings, String message) {
    assertEquals(message, assertThrows(InvalidSettingsException.class, settings).getMessage());
  }

  static Stream<Arguments> bad_value_is_refused() {
    return Stream.of(
        refused(
            () -> settings("14.6", null, null),
            "engineVersion must be one of " + VERSIONS + ", got \"14.6\""),
        refused(
            () -> settings("16", null, null),
            "engineVersion must be one of " + VERSIONS + ", got \"16\""),
        refused(
            () -> settings(null, new ClusterSettings(0, null, null), null),
            "primary.instances must be 1 to 15, got 0"),
        refused(
            () -> settings(null, new ClusterSettings(null, null, null, 2, null), null),
            "primary.epoch must be 1, because only a DR cluster can be made anew, got 2"),
        refused(
            () -> new ClusterSettings(null, null, null, 0, null),
            "epoch must be at least 1, got 0"),
        refused(() -> new ClusterSettings(16, null, null), "instances must be 0 to 15, got 16"),
        refused(
            () -> new ClusterSettings(null, "db.t3.medium", null),
            "instanceClass must be a memory-optimised class such as db.r6g.large, as a global"
                + " database wants it, got \"db.t3.medium\""),
        refused(
            () -> new ClusterSettings(null, null, 36),
            "backupRetentionDays must be 1 to 35, got 36"),
        refused(
            () -> names("payments-db", null, null),
            "databaseName must be 1 to 63 lower-case letters, digits and underscores, a letter"
                + " first, got \"payments-db\""),
        refused(
            () -> names("postgres", null, null),
            "databaseName must be none of postgres, rdsadmin, template0, template1, got"
                + " \"postgres\""),
        refused(
            () -> names(null, "admin", null),
            "masterUsername must be none of admin, postgres, rdsadmin, got \"admin\""),
        refused(
            () -> names(null, "owner", "owner"),
            "applicationUsername must differ from masterUsername, got \"owner\""),
        refused(
            () -> numbers(5432, null, null, null, null, null),
            "port must not be the one that PostgreSQL is known by, got 5432"),
        refused(
            () -> numbers(443, null, null, null, null, null),
            "port must be 1150 to 65535, got 443"),
        refused(
            () -> numbers(null, 0, null, null, null, null),
            "passwordVersion must be at least 1, got 0"),
        refused(
            () -> numbers(null, null, 19, null, null, null),
            "rpoBoundSeconds must be at least 20, got 19"),
        refused(
            () -> numbers(null, null, null, 0, null, null),
            "monitoringIntervalSeconds must be one of 1, 5, 10, 15, 30, 60, got 0"),
        refused(
            () -> numbers(null, null, null, null, 8, null),
            "performanceInsightsRetentionDays must be one of 7, 31, 62, 93, 186, 372, 465, 731,"
                + " got 8"),
        refused(
            () -> numbers(null, null, null, null, null, 100),
            "logRetentionDays must be one of 30, 60, 90, 180, 365, 400, 731, 1096, 1827, got"
                + " 100"));
  }

  @Test
  void first_generation_refuses_the_same_but_for_its_engine_and_port() {
    ClusterSettings none = new ClusterSettings(0, null, null);

    assertEquals(
        """
        engineVersion must be one of 14.15, 14.17, 14.18, 14.19, 14.20, got "17.7"; \
        primary.instances must be 1 to 15, got 0; \
        databaseName must be none of postgres, rdsadmin, template0, template1, got "postgres"; \
        masterUsername must be none of admin, postgres, rdsadmin, got "admin"; \
        applicationUsername must be none of admin, postgres, rdsadmin, got "admin"; \
        applicationUsername must differ from masterUsername, got "admin\"""",
        assertThrows(
                InvalidSettingsException.class,
                () ->
                    new DatabaseV1Settings(
                        "17.7",
                        none,
                        null,
                        "postgres",
                        "admin",
                        "admin",
                        5432,
                        null,
                        null,
                        null,
                        null,
                        null))
            .getMessage());
  }

  private static Arguments refused(Executable settings, String message) {
    return Arguments.of(settings, message);
  }

  private static DatabaseSettings settings(
      String engineVersion, ClusterSettings primary, ClusterSettings dr) {
    return new DatabaseSettings(
        engineVersion, primary, dr, null, null, null, null, null, null, null, null, null);
  }

  private static DatabaseSettings names(String database, String master, String application) {
    return new DatabaseSettings(
        null, null, null, database, master, application, null, null, null, null, null, null);
  }

  private static DatabaseSettings numbers(
      Integer port,
      Integer passwordVersion,
      Integer rpoBound,
      Integer monitoring,
      Integer insights,
      Integer logs) {
    return new DatabaseSettings(
        null,
        null,
        null,
        null,
        null,
        null,
        port,
        passwordVersion,
        rpoBound,
        monitoring,
        insights,
        logs);
  }
}
