package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.operations.migration.preflight.Gate;

class MigrationTest {

  @Test
  void start_that_was_stopped_is_not_asked_to_spare_what_it_has_taken_itself() {
    Set<MigrationPhase> replicating =
        Stream.of(MigrationPhase.values())
            // Begins anew, with clusters' names.
            .filter(phase -> phase != MigrationPhase.ABANDONED)
            .filter(phase -> migrationIn(phase).gateOfStart() == Gate.REPLICATING)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(MigrationPhase.class)));
    assertEquals(EnumSet.of(MigrationPhase.STARTING), replicating);
  }

  private static Migration migrationIn(MigrationPhase phase) {
    return new Migration(
        null,
        null,
        new Written(MigrationRecord.begin("v1", "v2").at(phase, "")),
        null,
        null,
        null,
        null,
        null);
  }

  /** A journal that is only read. */
  private record Written(MigrationRecord record) implements Journal {

    @Override
    public Optional<MigrationRecord> read() {
      return Optional.of(record);
    }

    @Override
    public void save(MigrationRecord next, DataChange data) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void check() {}
  }
}
