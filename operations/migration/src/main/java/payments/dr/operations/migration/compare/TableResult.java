package payments.dr.operations.migration.compare;

import java.time.Duration;
import java.util.List;

/**
 * What the comparison of one table found.
 *
 * @param rows at the source; of a comparison by keys, how many there were
 * @param differing keys of rows that differ, or that are on one side only
 * @param restless keys of rows that changed at every look; nothing is known about them
 */
public record TableResult(
    String table,
    long rows,
    List<List<String>> differing,
    List<List<String>> restless,
    Duration duration) {

  public boolean equal() {
    return differing.isEmpty();
  }
}
