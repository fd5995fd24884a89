package payments.dr.operations.migration.preflight;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import payments.dr.operations.console.BadInputException;

/**
 * What of preflight stops a command: everything that must be mended, and everything that must be
 * decided until somebody has, with a reason.
 */
public enum Gate {
  /** Before a schema is made: the rows of an earlier copy come later. */
  PREPARE(Set.of("migration-names", "target-rows")),
  /** Before rows are copied; whether the target is empty, the command itself asks. */
  START(Set.of("migration-names", "target-rows")),
  /** Once it has begun to replicate: what was there to spare, the migration itself has taken. */
  REPLICATING(
      Set.of(
          "migration-names",
          "target-rows",
          "replication-slots",
          "wal-senders",
          "replication-workers",
          "worker-processes"));

  private final Set<String> passed;

  Gate(Set<String> passed) {
    this.passed = passed;
  }

  /**
   * Lets a command pass.
   *
   * @param decisions reasons by checks
   * @throws BadInputException with every finding that stops it
   */
  public void require(Preflight preflight, Map<String, String> decisions) {
    List<PreflightFinding> stopping =
        preflight.findings().stream()
            .filter(finding -> !passed.contains(finding.check()))
            .filter(
                finding ->
                    switch (finding.severity()) {
                      case REFUSE -> true;
                      case DECIDE -> !decisions.containsKey(finding.check());
                      case NOTE -> false;
                    })
            .toList();
    if (!stopping.isEmpty()) {
      throw new BadInputException(
          stopping.stream()
              .map(
                  finding ->
                      "%s %s: %s %s, %s"
                          .formatted(
                              finding.severity(),
                              finding.check(),
                              finding.generation(),
                              finding.object(),
                              finding.found()))
              .collect(
                  Collectors.joining(
                      System.lineSeparator() + "  ",
                      "preflight must have nothing to mend or to decide, got"
                          + System.lineSeparator()
                          + "  ",
                      System.lineSeparator()
                          + "mend each REFUSE by its fix in ./dr migrate preflight; decide each"
                          + " DECIDE by --accept CHECK=REASON")));
    }
  }

  /**
   * Refuses decisions about checks that there are not, or without a reason.
   *
   * @throws BadInputException with those that there are
   */
  public static void requireKnown(Map<String, String> decisions) {
    Set<String> known = Preflight.checks().keySet();
    decisions.forEach(
        (check, reason) -> {
          if (!known.contains(check) || reason.isBlank()) {
            throw new BadInputException(
                "--accept must be a check of preflight with a reason, got \"%s=%s\"; checks are %s"
                    .formatted(check, reason, String.join(", ", known)));
          }
        });
  }
}
