package payments.dr.operations.migration.preflight;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.migration.preflight.Side.Row;

/**
 * One check that preflight makes on both sides.
 *
 * @param id in findings
 * @param what is looked for, as a noun phrase
 * @param why it matters
 */
record PreflightCheck(String id, PreflightSeverity severity, String what, String why, Probe probe) {

  /** What is looked at. */
  record Sides(Side source, Side target, PreflightLimits limits) {}

  /** A finding's side and row. */
  record Found(Side side, Row row) {}

  /** Looks; it must change nothing. */
  interface Probe {
    List<Found> look(Sides sides) throws SQLException;
  }

  /** The conditions on {@code pg_class c} and {@code pg_namespace n} that queries shorten. */
  private static final String OURS =
      """
      n.nspname NOT IN ('pg_catalog', 'information_schema', 'payments_migration')
      AND n.nspname !~ '^pg_(toast|temp)'
      AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_class'::regclass
        AND e.objid = c.oid AND e.deptype = 'e')""";

  /**
   * @param sql gives object, found and fix; {@code {ours}} stands for: a relation of the
   *     application, neither the system's nor an extension's
   */
  static PreflightCheck source(
      String id, PreflightSeverity severity, String what, String why, String sql) {
    return new PreflightCheck(id, severity, what, why, sides -> on(sides.source(), sql));
  }

  static PreflightCheck target(
      String id, PreflightSeverity severity, String what, String why, String sql) {
    return new PreflightCheck(id, severity, what, why, sides -> on(sides.target(), sql));
  }

  /** On both sides, because the way back leads in the other direction. */
  static PreflightCheck both(
      String id, PreflightSeverity severity, String what, String why, String sql) {
    return new PreflightCheck(
        id,
        severity,
        what,
        why,
        sides -> {
          List<Found> found = new ArrayList<>(on(sides.source(), sql));
          found.addAll(on(sides.target(), sql));
          return found;
        });
  }

  List<PreflightFinding> look(Sides sides) throws SQLException {
    return probe.look(sides).stream()
        .map(
            found ->
                new PreflightFinding(
                    id,
                    severity,
                    found.side().generation(),
                    found.row().object(),
                    found.row().found(),
                    why,
                    found.row().fix()))
        .toList();
  }

  private static List<Found> on(Side side, String sql) throws SQLException {
    return side.ask(sql.replace("{ours}", OURS)).stream().map(row -> new Found(side, row)).toList();
  }
}
