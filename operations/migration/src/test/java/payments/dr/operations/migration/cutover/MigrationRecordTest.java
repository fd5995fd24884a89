package payments.dr.operations.migration.cutover;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MigrationRecordTest {

  @Test
  void decisions_are_recorded_and_outlast_a_cutover() {
    MigrationRecord record =
        MigrationRecord.begin("v1", "v2")
            .decided(Map.of("large-object", "copied by hand"))
            .decided(Map.of("unlogged-table", "a cache"))
            .verified(Duration.ofSeconds(3))
            .fenced(Instant.EPOCH)
            .opened(Instant.EPOCH)
            .turned();

    MigrationRecord read = MigrationRecord.of(record.values());

    assertEquals(
        Map.of("large-object", "copied by hand", "unlogged-table", "a cache"), read.decisions());
    assertEquals(Duration.ofSeconds(3), read.verified().orElseThrow());
    assertEquals("SOAKING", read.label());
    assertEquals(Optional.empty(), read.fencedAt());
    assertEquals(Optional.empty(), read.openedAt());
  }
}
