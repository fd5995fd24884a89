package payments.dr.lambda.orders;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.Order;
import payments.dr.ledger.Audit;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * What humans left for the controller: the entry {@code CONTROL}, changed with the changes that
 * this record offers, and only so. Each is one write of the entry and of the audit row that keeps
 * it, made from the version that was read: of two people who order at once, one is told.
 *
 * <p>Nobody needs the mutex for it: an order must reach a controller that holds it.
 *
 * @param version of the entry that this was read from; 0: nobody ever ordered anything
 * @param pause the switch, when it is set, and who set it
 * @param order the newest, taken or not
 */
public record ControlRecord(long version, Optional<Request> pause, Optional<Order> order) {

  public static final LedgerKey KEY = LedgerKey.of("CONTROL");

  /** Whose audit rows are all orders and switches, by the entry's version. */
  public static final String AUDIT_ID = "control";

  private static final String ORDER = "order-";

  public static ControlRecord read(Ledger ledger) {
    return ledger
        .read(KEY)
        .map(ControlRecord::of)
        .orElse(new ControlRecord(0, Optional.empty(), Optional.empty()));
  }

  /**
   * Returns the version that an order was written with.
   *
   * @param order its id; empty: 0
   */
  public static long versionOf(String order) {
    return order.isEmpty() ? 0 : Long.parseLong(order.substring(ORDER.length()));
  }

  public ControlState control() {
    return new ControlState(pause.isPresent(), order.orElse(null));
  }

  public List<LedgerChange> pause(Request by) {
    return change("PAUSE", new ControlRecord(version, Optional.of(by), order), by);
  }

  /** Lifts the pause. */
  public List<LedgerChange> unpause(Request by) {
    return change("UNPAUSE", new ControlRecord(version, Optional.empty(), order), by);
  }

  /**
   * Returns the writes of an order. RESUME lifts the pause as well: who goes on from HALTED does
   * not want to stay paused.
   */
  public List<LedgerChange> order(Order.Kind kind, Request by) {
    Order next = new Order(ORDER + (version + 1), kind, by.reason(), by.principal(), by.at());
    Optional<Request> left = kind == Order.Kind.RESUME ? Optional.empty() : pause;
    return change(kind.name(), new ControlRecord(version, left, Optional.of(next)), by);
  }

  private List<LedgerChange> change(String what, ControlRecord next, Request by) {
    return Audit.with(
        AUDIT_ID,
        new LedgerChange(KEY, version, next.values()),
        by.at(),
        new Holder(by.principal(), "order"),
        what + ": " + by.reason());
  }

  private Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("paused", Boolean.toString(pause.isPresent()));
    pause.ifPresent(
        by -> {
          values.put("pausedAt", by.at().toString());
          values.put("pausedBy", by.principal());
          values.put("pauseReason", by.reason());
        });
    order.ifPresent(
        placed -> {
          values.put("order", placed.id());
          values.put("orderKind", placed.kind().name());
          values.put("orderedAt", placed.at().toString());
          values.put("orderedBy", placed.principal());
          values.put("orderReason", placed.reason());
        });
    return values;
  }

  private static ControlRecord of(LedgerEntry entry) {
    Map<String, String> values = entry.values();
    Optional<Request> pause =
        Boolean.parseBoolean(values.get("paused"))
            ? Optional.of(pausedBy(values))
            : Optional.empty();
    return new ControlRecord(entry.version(), pause, kind(values).map(kind -> order(kind, values)));
  }

  /** The switch alone is enough: a human with nothing but the console must be able to set it. */
  private static Request pausedBy(Map<String, String> values) {
    return new Request(
        values.getOrDefault("pausedBy", "unknown"),
        values.getOrDefault("pauseReason", "set by hand"),
        Instant.parse(values.getOrDefault("pausedAt", Instant.EPOCH.toString())));
  }

  /** An order of a newer command than this controller must not stop it from seeing the pause. */
  private static Optional<Order.Kind> kind(Map<String, String> values) {
    return Arrays.stream(Order.Kind.values())
        .filter(kind -> kind.name().equals(values.get("orderKind")))
        .findFirst();
  }

  private static Order order(Order.Kind kind, Map<String, String> values) {
    return new Order(
        values.get("order"),
        kind,
        values.get("orderReason"),
        values.get("orderedBy"),
        Instant.parse(values.get("orderedAt")));
  }
}
