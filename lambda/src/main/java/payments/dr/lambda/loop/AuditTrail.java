package payments.dr.lambda.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.lambda.model.State;
import payments.dr.ledger.Audit;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerEntry;

/**
 * The controller's audit rows of all incidents, found from the newest, which the state names, to
 * the oldest: each names the one before. So a row that was taken away, or slipped in, is noticed.
 *
 * @param rows oldest first
 * @param gaps what is wrong with them, one line each; empty: the trail is whole
 */
public record AuditTrail(List<Row> rows, List<String> gaps) {

  /** Of the state and of a row: the name of the newest row, that is of the row itself. */
  static final String ROW = "row";

  /** Of a row: the name of the one before; empty: it is the first. */
  static final String PREVIOUS = "previousRow";

  /**
   * A row of the trail.
   *
   * @param version of the state that it keeps
   * @param by who wrote it
   * @param what happened, for a person
   */
  public record Row(long version, Instant at, String by, String what, Recorded recorded) {

    public String incident() {
      return recorded.state().incident().id();
    }

    private static Row of(long version, Map<String, String> values) {
      return new Row(
          version,
          Instant.parse(values.get("auditAt")),
          values.get("auditBy"),
          values.get("auditWhat"),
          Recorded.of(version, values));
    }
  }

  /**
   * The values that make the row of {@code state} the newest.
   *
   * @param previous name of the newest until now
   */
  static Map<String, String> next(State state, String previous) {
    return Map.of(ROW, state.incident().id() + "/" + state.version(), PREVIOUS, previous);
  }

  public static AuditTrail read(Ledger ledger) {
    Optional<LedgerEntry> state = ledger.read(StateStore.KEY);
    return state.isEmpty()
        ? new AuditTrail(List.of(), List.of())
        : new Walk(ledger).from(state.get().values().get(ROW));
  }

  /** From the newest row back, incident by incident. */
  private static final class Walk {

    private final Ledger ledger;
    private final Map<String, NavigableMap<Long, Map<String, String>>> unvisited = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<String> gaps = new ArrayList<>();

    Walk(Ledger ledger) {
      this.ledger = ledger;
    }

    AuditTrail from(String newest) {
      String name = newest;
      String namedBy = "the state";
      while (!name.isEmpty()) {
        String incident = name.substring(0, name.lastIndexOf('/'));
        long version = Long.parseLong(name.substring(name.lastIndexOf('/') + 1));
        NavigableMap<Long, Map<String, String>> left = rowsOf(incident);
        if (!left.containsKey(version)) {
          gaps.add("row %s must be there, since %s names it, found none".formatted(name, namedBy));
        }
        Map.Entry<Long, Map<String, String>> found = left.floorEntry(version);
        if (found == null) {
          gaps.add("rows before %s cannot be found any more".formatted(name));
          break;
        }
        left.remove(found.getKey());
        rows.add(Row.of(found.getKey(), found.getValue()));
        namedBy = "row " + incident + "/" + found.getKey();
        name = found.getValue().get(PREVIOUS);
      }
      unvisited.forEach(
          (incident, left) ->
              left.keySet()
                  .forEach(
                      version ->
                          gaps.add("row %s/%d is named by no other".formatted(incident, version))));
      Collections.reverse(rows);
      return new AuditTrail(List.copyOf(rows), List.copyOf(gaps));
    }

    private NavigableMap<Long, Map<String, String>> rowsOf(String incident) {
      return unvisited.computeIfAbsent(
          incident,
          id -> {
            NavigableMap<Long, Map<String, String>> all = new TreeMap<>();
            for (LedgerEntry row : ledger.readAll(Audit.entity(id))) {
              all.put(Long.parseLong(row.key().entry()), row.values());
            }
            return all;
          });
    }
  }
}
