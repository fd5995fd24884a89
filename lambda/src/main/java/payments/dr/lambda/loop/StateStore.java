package payments.dr.lambda.loop;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import payments.dr.lambda.model.Asking;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;
import payments.dr.ledger.Audit;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.Mutex;

/**
 * The controller's memory: its state, which only ever moves from the version that was read, and an
 * audit row for whatever changes, in one write and before any act.
 *
 * <p>While a move between Regions is under way it holds the environment's mutex, taken from a
 * cutover if need be: before that one's point of no return it is thereby over, after it the data
 * record names the generation that moves.
 */
public final class StateStore {

  static final LedgerKey KEY = LedgerKey.of("FAILOVER");

  /** Other ticks may each overtake a note once. */
  private static final int ATTEMPTS = 3;

  private final Ledger ledger;
  private final Mutex mutex;
  private final Holder holder;
  private final RegionNames regions;

  public StateStore(Ledger ledger, Mutex mutex, Holder holder, RegionNames regions) {
    this.ledger = ledger;
    this.mutex = mutex;
    this.holder = holder;
    this.regions = regions;
  }

  /** Names of the two Regions, as the data record has them. */
  public record RegionNames(String primary, String dr) {

    /** The Region that was just seen to write; null where the phase does not tell. */
    String writerIn(Phase phase) {
      return switch (phase) {
        case ROUTING -> dr;
        case UNROUTING -> primary;
        default -> null;
      };
    }
  }

  /**
   * What a tick starts from.
   *
   * @param row name of the newest audit row; empty: none yet
   */
  public record Loaded(State state, DataRecord data, String row) {}

  /** Returns what the newest tick left; empty when none ever ran. */
  public static Optional<Recorded> read(Ledger ledger) {
    return ledger.read(KEY).map(entry -> Recorded.of(entry.version(), entry.values()));
  }

  /**
   * Returns the state that the newest tick left, with what the ledger says of the data.
   *
   * @throws IllegalStateException while nothing says where the data is
   */
  public Loaded load() {
    Optional<LedgerEntry> entry = ledger.read(KEY);
    Optional<DataRecord> data = DataRecord.read(ledger);
    return new Loaded(
        entry.map(found -> StateValues.of(found.version(), found.values())).orElse(State.INITIAL),
        data.orElseThrow(
            () ->
                new IllegalStateException(
                    "where the data is must be on record, got no entry "
                        + DataRecord.KEY
                        + "; ./dr database init writes it")),
        entry.map(found -> found.values().get(AuditTrail.ROW)).orElse(""));
  }

  /**
   * Moves on from what was loaded.
   *
   * @return false when somebody else moved on first; nothing of this tick counts then
   */
  public boolean swap(Loaded from, Decision decision, Observation seen, Instant now) {
    State next = decision.next();
    boolean row = worthARow(from.state(), decision);
    Map<String, String> values = StateValues.of(decision, from.state().phase(), seen, now);
    values.putAll(row ? AuditTrail.next(next, from.row()) : Map.of(AuditTrail.ROW, from.row()));
    LedgerChange state = new LedgerChange(KEY, from.state().version(), values);
    List<LedgerChange> changes = new ArrayList<>();
    if (row) {
      changes.addAll(Audit.with(next.incident().id(), state, now, holder, next.why()));
    } else {
      changes.add(state);
    }
    changes.add(data(from.data(), next, now));
    try {
      if (next.phase().excludesCutover()) {
        mutex.preempt(holder).write(changes);
      } else {
        ledger.write(changes);
      }
      return true;
    } catch (LedgerConflictException | LeaseLostException e) {
      return false;
    }
  }

  /**
   * Returns whether the writer must still be moved as a state has it that was swapped in. Other
   * ticks may have gone on since, as long as they did not come to another decision.
   */
  public boolean stillWants(State acted) {
    return ledger
        .read(KEY)
        .map(entry -> StateValues.of(entry.version(), entry.values()))
        .filter(newest -> sameDecision(newest, acted))
        .filter(newest -> !newest.incident().asking().isWithdrawn())
        .isPresent();
  }

  /**
   * Notes what became of the call that {@code acted} wanted, in whatever state other ticks left
   * since; not once they came to another decision.
   */
  public void note(
      State acted, UnaryOperator<Asking> outcome, String why, Observation seen, Instant now) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Loaded from = load();
      if (!sameDecision(from.state(), acted)) {
        return;
      }
      Incident incident = from.state().incident();
      State noted =
          from.state().with(incident.with(outcome.apply(incident.asking()))).because(why).next();
      if (swap(from, new Decision(noted, new Act.Nothing()), seen, now)) {
        return;
      }
    }
  }

  private static boolean sameDecision(State newest, State acted) {
    return newest.phase() == acted.phase()
        && newest.since().equals(acted.since())
        && newest.incident().id().equals(acted.incident().id());
  }

  /** Every act has a row, also a repeated one. */
  private static boolean worthARow(State from, Decision decision) {
    State next = decision.next();
    return !(decision.act() instanceof Act.Nothing)
        || next.phase() != from.phase()
        || !next.why().equals(from.why())
        || !next.lastOrder().equals(from.lastOrder());
  }

  /** Where the writer came to be; else the demand that the generation has not changed meanwhile. */
  private LedgerChange data(DataRecord data, State next, Instant now) {
    String writer = regions.writerIn(next.phase());
    return writer == null || writer.equals(data.writerRegion())
        ? new LedgerChange(DataRecord.KEY, data.version(), null)
        : data.writer(writer, now);
  }
}
