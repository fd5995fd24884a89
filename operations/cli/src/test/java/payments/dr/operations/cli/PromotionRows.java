package payments.dr.operations.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of an audit trail that order the DR Region's promotion. Two invocations that look at the
 * same moment may both order it: AWS takes the first and refuses the other.
 */
final class PromotionRows {

  private PromotionRows() {}

  /** Asserts that the writer was moved, and that nobody asked for it again once it had moved. */
  static void assertOnePromotion(List<String> audit) {
    int latched = first(audit, "act Latch");
    assertTrue(latched < audit.size(), audit::toString);
    assertTrue(first(audit, "act PromoteDr") < latched, audit::toString);
    assertTrue(
        audit.stream().skip(latched).noneMatch(row -> row.contains("act PromoteDr")),
        audit::toString);
  }

  private static int first(List<String> audit, String act) {
    return IntStream.range(0, audit.size())
        .filter(row -> audit.get(row).contains(act))
        .findFirst()
        .orElse(audit.size());
  }
}
