package payments.dr.operations.migration.database;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LogSnapshotTest {

  @Test
  void transaction_is_seen_once_it_is_neither_open_nor_later() {
    LogSnapshot snapshot = LogSnapshot.of("10:20:10,14");
    assertTrue(snapshot.sees(List.of(9L, 11L, 19L)));
    assertFalse(snapshot.sees(List.of(11L, 14L)));
    assertFalse(snapshot.sees(List.of(20L)));
    assertTrue(LogSnapshot.of("20:20:").sees(List.of(19L)));
  }

  @Test
  void numbers_of_the_log_begin_anew_after_32_bits() {
    LogSnapshot snapshot = LogSnapshot.of("4294967290:4294967306:4294967294,4294967300");
    assertTrue(snapshot.sees(List.of(4294967290L, 4294967295L, 3L, 9L)));
    assertFalse(snapshot.sees(List.of(4294967294L)));
    assertFalse(snapshot.sees(List.of(4L)));
    assertFalse(snapshot.sees(List.of(10L)));
  }
}
