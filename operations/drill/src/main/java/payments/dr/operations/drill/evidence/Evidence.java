package payments.dr.operations.drill.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import payments.dr.operations.drill.record.DrillRecord;

/** Writes the evidence of a drill into a folder of its own. */
public final class Evidence {

  static final String REPORT = "report.md";
  static final String PAGE = "report.html";
  static final String JSON = "report.json";
  static final String TIMELINE = "timeline.svg";

  private Evidence() {}

  /**
   * Writes the evidence, also of a drill that did not go as expected: that is what it is for.
   *
   * @param budget of the environment that was drilled
   * @param folder which may hold other files already; their hashes are kept too
   */
  public static void write(DrillRecord drill, DrillBudget budget, Path folder) {
    BudgetComparison comparison = BudgetComparison.of(drill.measured(), budget);
    String timeline = Timeline.of(drill);
    String report = DrillMarkdown.of(drill, comparison);
    write(folder.resolve(TIMELINE), timeline);
    write(folder.resolve(JSON), DrillJson.of(drill, comparison));
    write(folder.resolve(REPORT), report);
    write(folder.resolve(PAGE), DrillPage.of(report, timeline));
    Checksums.write(folder);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
