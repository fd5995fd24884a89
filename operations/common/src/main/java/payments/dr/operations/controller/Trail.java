package payments.dr.operations.controller;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.lambda.loop.AuditTrail;
import payments.dr.lambda.orders.ControlRecord;
import payments.dr.ledger.Audit;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerEntry;
import payments.dr.operations.console.BadInputException;

/**
 * What humans ordered and what the controller made of it, in one order.
 *
 * @param lines oldest first
 * @param gaps what is missing, one line each; empty: the trail is whole
 */
public record Trail(List<Line> lines, List<String> gaps) {

  /**
   * One audit row.
   *
   * @param source {@code human} or {@code controller}, each with versions of its own
   * @param incident that it belongs to: of a human's row, the one that the controller wrote next
   * @param change such as {@code STEADY -> SUSPECT}; empty for a human's row
   * @param act empty for a human's row
   */
  public record Line(
      String source,
      long version,
      Instant at,
      String by,
      String incident,
      String change,
      String act,
      String what) {

    /** Returns the row as a person reads it. */
    public String text() {
      boolean human = source.equals("human");
      String acted = act.equals("Nothing") ? "" : ", act " + act;
      return "%s  %-12s  %-10s %6d  %s"
          .formatted(
              at,
              shortId(incident),
              source,
              version,
              human ? what + " [" + by + "]" : change + acted + ": " + what);
    }
  }

  /** Returns as much of an incident's id as a person needs. */
  public static String shortId(String incident) {
    return incident.length() > 12 ? incident.substring(0, 12) : incident;
  }

  public static Trail read(Ledger ledger) {
    AuditTrail controller = AuditTrail.read(ledger);
    List<LedgerEntry> human = ledger.readAll(Audit.entity(ControlRecord.AUDIT_ID));
    List<String> gaps = new ArrayList<>(controller.gaps());
    long written = ControlRecord.read(ledger).version();
    for (long version = 1; version <= written; version++) {
      long wanted = version;
      if (human.stream().noneMatch(row -> version(row) == wanted)) {
        gaps.add("row control/%d must be there, found none".formatted(version));
      }
    }
    return new Trail(merged(controller.rows(), new ArrayDeque<>(human)), List.copyOf(gaps));
  }

  /**
   * Returns the part of the trail that belongs to one incident.
   *
   * @param prefix of one incident's id
   * @throws BadInputException when none or several begin so
   */
  public Trail of(String prefix) {
    List<String> ids =
        lines.stream()
            .filter(line -> line.source().equals("controller"))
            .map(Line::incident)
            .distinct()
            .filter(id -> id.startsWith(prefix))
            .toList();
    if (ids.size() != 1) {
      throw new BadInputException(
          "incident must begin one id of the trail, got \"%s\", which begins %d: see ./dr audit ENV"
              .formatted(prefix, ids.size()));
    }
    return new Trail(
        lines.stream().filter(line -> line.incident().equals(ids.get(0))).toList(), gaps);
  }

  /** By time, but an order never after the row that answered it: clocks differ. */
  private static List<Line> merged(List<AuditTrail.Row> controller, Deque<LedgerEntry> human) {
    List<Line> lines = new ArrayList<>();
    String incident = "-";
    for (AuditTrail.Row row : controller) {
      incident = row.incident();
      while (!human.isEmpty() && isBefore(human.peek(), row)) {
        lines.add(line(human.pop(), incident));
      }
      lines.add(line(row));
    }
    String newest = incident;
    return Stream.concat(lines.stream(), human.stream().map(row -> line(row, newest))).toList();
  }

  private static boolean isBefore(LedgerEntry human, AuditTrail.Row row) {
    String answered = row.recorded().state().lastOrder();
    return ControlRecord.versionOf(answered) >= version(human)
        || !Instant.parse(human.values().get("auditAt")).isAfter(row.at());
  }

  private static Line line(AuditTrail.Row row) {
    return new Line(
        "controller",
        row.version(),
        row.at(),
        row.by(),
        row.incident(),
        row.recorded().from() + " -> " + row.recorded().state().phase(),
        row.recorded().act(),
        row.what());
  }

  private static Line line(LedgerEntry human, String incident) {
    return new Line(
        "human",
        version(human),
        Instant.parse(human.values().get("auditAt")),
        human.values().get("auditBy"),
        incident,
        "",
        "",
        human.values().get("auditWhat"));
  }

  private static long version(LedgerEntry row) {
    return Long.parseLong(row.key().entry());
  }
}
