package payments.dr.operations.migration;

import java.util.Map;
import java.util.TreeMap;
import payments.dr.operations.migration.cutover.Migration;
import payments.dr.operations.migration.preflight.Gate;
import payments.dr.operations.migration.preflight.Preflight;
import picocli.CommandLine.Option;

/** What an operator decides of preflight's findings; it is recorded with the migration. */
final class Decisions {

  @Option(
      names = "--accept",
      paramLabel = "CHECK=REASON",
      description = {
        "Go on in spite of what a check of preflight says to DECIDE, and record why.",
        "May be given several times; ./dr migrate status shows it."
      })
  private Map<String, String> reasons = new TreeMap<>();

  /**
   * Records the decisions, and looks at both sides again.
   *
   * @throws payments.dr.operations.console.BadInputException with what stands against it
   */
  void pass(Gate gate, EnvironmentMigration open, Migration migration) {
    Gate.requireKnown(reasons);
    migration.decide(reasons);
    gate.require(Preflight.of(open.source(), open.target()), migration.decisions());
  }
}
