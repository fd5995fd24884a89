package payments.dr.configuration.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static payments.dr.configuration.database.DatabaseGeneration.V1;
import static payments.dr.configuration.database.DatabaseGeneration.V2;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.configuration.settings.InvalidSettingsException;
import payments.dr.configuration.settings.SettingsFactory;

class GenerationsSettingsTest {

  private static final String SNAPSHOT = "final-2026-12";

  @Test
  void a_file_that_says_nothing_has_the_second_generation_alone() {
    GenerationsSettings settings = SettingsFactory.of(GenerationsSettings.class);

    assertEquals(List.of(V2), settings.deployed());
    assertEquals(V2, settings.active());
    assertEquals(Optional.empty(), settings.finalSnapshotOf(V2));
  }

  /** Tries every combination, so a seventh state cannot slip in. */
  @Test
  void six_states_are_allowed_and_no_other() {
    List<String> allowed = new ArrayList<>();
    for (List<DatabaseGeneration> deployed :
        List.of(
            List.<DatabaseGeneration>of(),
            List.of(V1),
            List.of(V2),
            List.of(V1, V2),
            List.of(V1, V1),
            List.of(V1, V2, V2))) {
      for (DatabaseGeneration active : DatabaseGeneration.values()) {
        for (DatabaseGeneration retiring : new DatabaseGeneration[] {null, V1, V2}) {
          try {
            settings(deployed, active, retiring, retiring == null ? null : SNAPSHOT);
            allowed.add(deployed + " on " + active + ", retiring " + retiring);
          } catch (InvalidSettingsException e) {
            // Refused, as all but six are.
          }
        }
      }
    }

    assertEquals(
        List.of(
            "[V1] on V1, retiring null",
            "[V2] on V2, retiring null",
            "[V1, V2] on V1, retiring null",
            "[V1, V2] on V1, retiring V2",
            "[V1, V2] on V2, retiring null",
            "[V1, V2] on V2, retiring V1"),
        allowed);
  }

  @Test
  void order_in_the_file_changes_nothing() {
    assertEquals(
        settings(List.of(V1, V2), V1, null, null), settings(List.of(V2, V1), V1, null, null));
  }

  @Test
  void only_the_retiring_generation_has_a_final_snapshot() {
    GenerationsSettings settings = settings(List.of(V1, V2), V2, V1, SNAPSHOT);

    assertEquals(Optional.of(SNAPSHOT), settings.finalSnapshotOf(V1));
    assertEquals(Optional.empty(), settings.finalSnapshotOf(V2));
  }

  @Test
  void each_generation_has_the_port_and_the_engine_of_its_time() {
    GenerationsSettings settings = settings(List.of(V1, V2), V1, null, null);

    assertEquals("14.20 aurora-postgresql14 5432", engine(settings.of(V1)));
    assertEquals("17.7 aurora-postgresql17 6432", engine(settings.of(V2)));
  }

  private static String engine(GenerationSettings choices) {
    return choices.engineVersion() + " " + choices.parameterFamily() + " " + choices.port();
  }

  @ParameterizedTest(name = "{4}")
  @MethodSource
  void refuses(
      List<DatabaseGeneration> deployed,
      DatabaseGeneration active,
      DatabaseGeneration retiring,
      String finalSnapshot,
      String message) {
    assertEquals(
        message,
        assertThrows(
                InvalidSettingsException.class,
                () -> settings(deployed, active, retiring, finalSnapshot))
            .getMessage());
  }

  static Stream<Arguments> refuses() {
    List<DatabaseGeneration> both = List.of(V1, V2);
    return Stream.of(
        Arguments.of(List.of(V2), V1, null, null, "active must be deployed (v2), got \"v1\""),
        Arguments.of(
            List.of(V1, V1),
            V1,
            null,
            null,
            "deployed must name each generation once, got \"v1, v1\""),
        Arguments.of(
            both,
            V1,
            V1,
            SNAPSHOT,
            "retiring must be deployed (v1, v2) and not the active one, got \"v1\""),
        Arguments.of(
            List.of(V2),
            V2,
            V1,
            SNAPSHOT,
            "retiring must be deployed (v2) and not the active one, got \"v1\""),
        Arguments.of(both, V2, V1, null, "finalSnapshot is required while v1 is retiring"),
        Arguments.of(
            both,
            V2,
            null,
            SNAPSHOT,
            "finalSnapshot must be left out unless a generation is retiring, got"
                + " \"final-2026-12\""),
        Arguments.of(
            both,
            V2,
            V1,
            "final--1",
            "finalSnapshot must be 1 to 63 lower-case letters, digits and single hyphens, a letter"
                + " first, got \"final--1\""));
  }

  private static GenerationsSettings settings(
      List<DatabaseGeneration> deployed,
      DatabaseGeneration active,
      DatabaseGeneration retiring,
      String finalSnapshot) {
    return SettingsFactory.of(
        GenerationsSettings.class,
        "deployed",
        deployed,
        "active",
        active,
        "retiring",
        retiring,
        "finalSnapshot",
        finalSnapshot);
  }
}
