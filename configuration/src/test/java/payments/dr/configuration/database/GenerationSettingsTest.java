package payments.dr.configuration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class GenerationSettingsTest {

  private static final String VERSIONS = "16.6, 17.4, 18.3 or a later minor of these, such as 17.7";

  @Test
  void absent_values_get_their_defaults() {
    ClusterSettings cluster = new ClusterSettings(2, "db.r6g.large", 14, 1, null);

    assertEquals(
        new GenerationSettings(
            "17.7",
            cluster,
            cluster,
            "paymentsdb",
            "dbadmin",
            "payments_app",
            6432,
            1,
            null,
            15,
            7,
            400),
        v2());
  }

  @Test
  void dr_cluster_may_have_no_instance() {
    assertEquals(
        0,
        settings(null, null, SettingsFactory.of(ClusterSettings.class, "instances", 0))
            .clusters()
            .dr()
            .instances());
  }

  @Test
  void parameter_family_is_that_of_the_major_version() {
    assertEquals("aurora-postgresql16", settings("16.10", null, null).parameterFamily());
  }

  /** AWS releases minors every few months, and withdraws older ones. */
  @Test
  void minors_later_than_this_release_are_taken() {
    assertEquals("14.15", v1("14.15").engineVersion());
    assertEquals("14.22", v1("14.22").engineVersion());
    for (String version : List.of("16.6", "16.13", "17.4", "17.10", "18.3", "18.12")) {
      assertEquals(version, settings(version, null, null).engineVersion());
    }
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
            "v2.engineVersion must be " + VERSIONS + ", got \"14.6\""),
        refused(
            () -> settings("16", null, null),
            "v2.engineVersion must be " + VERSIONS + ", got \"16\""),
        refused(
            () -> settings("16.5", null, null),
            "v2.engineVersion must be " + VERSIONS + ", got \"16.5\""),
        refused(
            () -> settings("17.3", null, null),
            "v2.engineVersion must be " + VERSIONS + ", got \"17.3\""),
        refused(
            () -> settings("18.2", null, null),
            "v2.engineVersion must be " + VERSIONS + ", got \"18.2\""),
        refused(
            () -> settings("17.07", null, null),
            "v2.engineVersion must be " + VERSIONS + ", got \"17.07\""),
        refused(
            () -> v1("14.14"),
            "v1.engineVersion must be 14.15 or a later minor of 14, such as 14.20, got \"14.14\""),
        refused(
            () -> settings(null, SettingsFactory.of(ClusterSettings.class, "instances", 0), null),
            "v2.primary.instances must be 1 to 15, got 0"),
        refused(
            () -> settings(null, SettingsFactory.of(ClusterSettings.class, "incarnation", 2), null),
            "v2.primary.incarnation must be 1, because only a DR cluster can be made anew, got 2"),
        refused(
            () -> SettingsFactory.of(ClusterSettings.class, "incarnation", 0),
            "incarnation must be at least 1, got 0"),
        refused(
            () -> SettingsFactory.of(ClusterSettings.class, "instances", 16),
            "instances must be 0 to 15, got 16"),
        refused(
            () -> SettingsFactory.of(ClusterSettings.class, "instanceClass", "db.t3.medium"),
            "instanceClass must be a memory-optimised class such as db.r6g.large, as a global"
                + " database wants it, got \"db.t3.medium\""),
        refused(
            () -> SettingsFactory.of(ClusterSettings.class, "backupRetentionDays", 36),
            "backupRetentionDays must be 1 to 35, got 36"),
        refused(
            () -> names("payments-db", null, null),
            "v2.databaseName must be 1 to 63 lower-case letters, digits and underscores, a letter"
                + " first, got \"payments-db\""),
        refused(
            () -> names("postgres", null, null),
            "v2.databaseName must be none of postgres, rdsadmin, template0, template1, got"
                + " \"postgres\""),
        refused(
            () -> names(null, "admin", null),
            "v2.masterUsername must be none of admin, postgres, rdsadmin, got \"admin\""),
        refused(
            () -> names(null, "owner", "owner"),
            "v2.applicationUsername must differ from masterUsername, got \"owner\""),
        refused(
            () -> numbers(5432, null, null, null, null, null),
            "v2.port must not be the one that PostgreSQL is known by, got 5432"),
        refused(
            () -> numbers(443, null, null, null, null, null),
            "v2.port must be 1150 to 65535, got 443"),
        refused(
            () -> numbers(null, 0, null, null, null, null),
            "v2.passwordVersion must be at least 1, got 0"),
        refused(
            () -> numbers(null, null, 19, null, null, null),
            "v2.rpoBoundSeconds must be at least 20, got 19"),
        refused(
            () -> numbers(null, null, null, 0, null, null),
            "v2.monitoringIntervalSeconds must be one of 1, 5, 10, 15, 30, 60, got 0"),
        refused(
            () -> numbers(null, null, null, null, 8, null),
            "v2.performanceInsightsRetentionDays must be one of 7, 31, 62, 93, 186, 372, 465, 731,"
                + " got 8"),
        refused(
            () -> numbers(null, null, null, null, null, 100),
            "v2.logRetentionDays must be one of 30, 60, 90, 180, 365, 400, 731, 1096, 1827, got"
                + " 100"));
  }

  @Test
  void first_generation_refuses_the_same_but_for_its_engine_and_port() {
    ClusterSettings none = SettingsFactory.of(ClusterSettings.class, "instances", 0);

    assertEquals(
        """
        v1.engineVersion must be 14.15 or a later minor of 14, such as 14.20, got "17.7"; \
        v1.primary.instances must be 1 to 15, got 0; \
        v1.databaseName must be none of postgres, rdsadmin, template0, template1, got "postgres"; \
        v1.masterUsername must be none of admin, postgres, rdsadmin, got "admin"; \
        v1.applicationUsername must be none of admin, postgres, rdsadmin, got "admin"; \
        v1.applicationUsername must differ from masterUsername, got "admin\"""",
        assertThrows(
                InvalidSettingsException.class,
                () ->
                    SettingsFactory.of(
                        GenerationsSettings.class,
                        "v1",
                        SettingsFactory.group(
                            "engineVersion",
                            "17.7",
                            "primary",
                            none,
                            "databaseName",
                            "postgres",
                            "masterUsername",
                            "admin",
                            "applicationUsername",
                            "admin",
                            "port",
                            5432)))
            .getMessage());
  }

  private static Arguments refused(Executable settings, String message) {
    return Arguments.of(settings, message);
  }

  private static GenerationSettings settings(
      String engineVersion, ClusterSettings primary, ClusterSettings dr) {
    return v2("engineVersion", engineVersion, "primary", primary, "dr", dr);
  }

  private static GenerationSettings names(String database, String master, String application) {
    return v2(
        "databaseName", database, "masterUsername", master, "applicationUsername", application);
  }

  private static GenerationSettings numbers(
      Integer port,
      Integer passwordVersion,
      Integer rpoBound,
      Integer monitoring,
      Integer insights,
      Integer logs) {
    return v2(
        "port",
        port,
        "passwordVersion",
        passwordVersion,
        "rpoBoundSeconds",
        rpoBound,
        "monitoringIntervalSeconds",
        monitoring,
        "performanceInsightsRetentionDays",
        insights,
        "logRetentionDays",
        logs);
  }

  private static GenerationSettings v1(String engineVersion) {
    return SettingsFactory.of(
            GenerationsSettings.class, "v1", SettingsFactory.group("engineVersion", engineVersion))
        .v1();
  }

  private static GenerationSettings v2(Object... keysAndValues) {
    return SettingsFactory.of(GenerationsSettings.class, "v2", SettingsFactory.group(keysAndValues))
        .v2();
  }
}
