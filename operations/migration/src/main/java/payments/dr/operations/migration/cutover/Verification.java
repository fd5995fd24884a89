package payments.dr.operations.migration.cutover;

import java.util.List;
import payments.dr.operations.migration.compare.TableResult;

/**
 * What a comparison under writes found.
 *
 * @param tables all of them
 * @param definitions of the schema that differ, a sentence each
 */
public record Verification(List<TableResult> tables, List<String> definitions) {

  public boolean equal() {
    return definitions.isEmpty() && tables.stream().allMatch(TableResult::equal);
  }
}
