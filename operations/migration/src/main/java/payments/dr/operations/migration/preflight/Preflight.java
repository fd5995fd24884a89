package payments.dr.operations.migration.preflight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.Cluster;

/**
 * Finds what prevents a migration between two clusters.
 *
 * @param findings the worst first
 */
public record Preflight(List<PreflightFinding> findings) {

  private static final List<PreflightCheck> CHECKS =
      Stream.of(
              ServerChecks.ALL,
              PairChecks.ALL,
              TableChecks.ALL,
              ObjectChecks.ALL,
              FiringChecks.ALL,
              RoleChecks.ALL,
              SessionChecks.ALL)
          .flatMap(List::stream)
          .toList();

  public Preflight {
    findings =
        findings.stream()
            .sorted(
                Comparator.comparing(PreflightFinding::severity)
                    .thenComparing(PreflightFinding::check)
                    .thenComparing(PreflightFinding::generation)
                    .thenComparing(PreflightFinding::object))
            .toList();
  }

  /**
   * Looks at both sides, in transactions that can only read.
   *
   * @param source the generation that has the data
   * @throws CommandFailedException when a side does not answer
   */
  public static Preflight of(Cluster source, Cluster target) {
    return of(source, target, PreflightLimits.DEFAULT);
  }

  static Preflight of(Cluster source, Cluster target, PreflightLimits limits) {
    List<PreflightFinding> findings = new ArrayList<>();
    try (Side here = Side.of(source);
        Side there = Side.of(target)) {
      PreflightCheck.Sides sides = new PreflightCheck.Sides(here, there, limits);
      for (PreflightCheck check : CHECKS) {
        findings.addAll(check.look(sides));
      }
      return new Preflight(findings);
    } catch (SQLException e) {
      throw new CommandFailedException(
          "both %s and %s must answer, got \"%s\""
              .formatted(source.generation(), target.generation(), e.getMessage()));
    }
  }

  public List<PreflightFinding> of(PreflightSeverity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }

  public boolean isRefused() {
    return !of(PreflightSeverity.REFUSE).isEmpty();
  }

  /** Returns what every check looks for, by its id. */
  public static Map<String, String> checks() {
    Map<String, String> checks = new TreeMap<>();
    CHECKS.forEach(check -> checks.put(check.id(), check.what()));
    return checks;
  }

  /** Returns the text for a person: each check once, with its objects and their fixes below it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    PreflightFinding last = null;
    for (PreflightFinding finding : findings) {
      if (last == null || !last.check().equals(finding.check())) {
        text.append(
            "%s %s: %s%n  why: %s%n"
                .formatted(
                    finding.severity(),
                    finding.check(),
                    checks().get(finding.check()),
                    finding.why()));
      }
      text.append(
          "  %s %s: %s%n    fix: %s%n"
              .formatted(finding.generation(), finding.object(), finding.found(), finding.fix()));
      last = finding;
    }
    return text
        + "%d to mend, %d to decide, %d to know; %d checks%n"
            .formatted(
                of(PreflightSeverity.REFUSE).size(),
                of(PreflightSeverity.DECIDE).size(),
                of(PreflightSeverity.NOTE).size(),
                CHECKS.size());
  }
}
