package payments.dr.operations.migration.compare;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedTableTest {

  @Test
  void large_transaction_leaves_a_larger_table_to_be_compared_by_its_keys() {
    ComparedTable billion = table(1_000_000_000);
    assertFalse(billion.isSoonerReadAsAWhole(1_000_000));
    assertFalse(table(4_000_000).isSoonerReadAsAWhole(1_000_000));
    assertTrue(table(3_999_996).isSoonerReadAsAWhole(1_000_000));
  }

  @Test
  void few_keys_are_looked_up_whatever_the_size_of_the_table() {
    assertFalse(table(0).isSoonerReadAsAWhole(200_000));
    assertTrue(table(0).isSoonerReadAsAWhole(200_001));
  }

  @Test
  void more_keys_than_memory_holds_are_never_looked_up() {
    assertFalse(table(1_000_000_000).isSoonerReadAsAWhole(5_000_000));
    assertTrue(table(1_000_000_000).isSoonerReadAsAWhole(5_000_001));
  }

  private static ComparedTable table(long rows) {
    List<String> id = List.of("id");
    return new ComparedTable(
        "app.t", id, true, true, id, List.of("integer"), List.of("OPERATOR(pg_catalog.=)"), rows);
  }
}
