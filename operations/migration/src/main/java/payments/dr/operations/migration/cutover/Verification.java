package payments.dr.operations.migration.cutover;

import java.time.Duration;
import java.util.List;
import payments.dr.operations.migration.compare.TableResult;

/**
 * What a comparison under writes found.
 *
 * @param tables all of them
 * @param definitions of the schema that differ, a sentence each
 * @param took what comparing every row took, without waiting for anything else
 */
public record Verification(List<TableResult> tables, List<String> definitions, Duration took) {

  public boolean equal() {
    return definitions.isEmpty() && tables.stream().allMatch(TableResult::equal);
  }
}
