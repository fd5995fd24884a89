package payments.dr.operations.migration.sessions;

import java.util.Map;
import java.util.Optional;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.operations.console.BadInputException;

/**
 * How far the migration of the sessions is: entry {@code SESSIONS} of the ledger.
 *
 * @param version of that entry; 0 when there is none
 * @param run number of the migration; a finished one may be followed by another
 * @param active generation that the application writes
 * @param turns how often the application was moved over
 */
record SessionState(long version, int run, String active, int turns, Phase phase) {

  static final String ENTITY = "SESSIONS";

  enum Phase {
    /** The other generation gets what there is, and what comes. */
    COPYING,
    /** It has everything but what came in this moment. */
    FOLLOWING,
    /** The active one may be fenced, the other one becomes active. */
    SWITCHING,
    /** Nothing is copied any more. */
    FINISHED
  }

  static Optional<SessionState> read(Ledger ledger) {
    return ledger.read(LedgerKey.of(ENTITY)).map(SessionState::of);
  }

  /**
   * @throws BadInputException when nothing was started
   */
  static SessionState started(Ledger ledger) {
    return read(ledger)
        .filter(state -> state.phase() != Phase.FINISHED)
        .orElseThrow(
            () ->
                new BadInputException(
                    "migration of the sessions must have been started, found none under way"));
  }

  static SessionState first(Optional<SessionState> finished, String active) {
    return finished
        .map(state -> new SessionState(state.version(), state.run() + 1, active, 0, Phase.COPYING))
        .orElseGet(() -> new SessionState(0, 1, active, 0, Phase.COPYING));
  }

  SessionState in(Phase next) {
    return new SessionState(version, run, active, turns, next);
  }

  /** The other generation is the active one from now on. */
  SessionState turned() {
    return new SessionState(version, run, Generations.other(active), turns + 1, Phase.FOLLOWING);
  }

  LedgerChange change() {
    return new LedgerChange(
        LedgerKey.of(ENTITY),
        version,
        Map.of(
            "run", Integer.toString(run),
            "active", active,
            "turns", Integer.toString(turns),
            "phase", phase.name()));
  }

  /** Where this run keeps something. */
  String entity(String what) {
    return ENTITY + "#" + run + "#" + what;
  }

  /** Where the positions in a generation's stream are. */
  String stream(String generation) {
    return entity("stream-" + generation);
  }

  String scan() {
    return entity("scan");
  }

  private static SessionState of(LedgerEntry entry) {
    Map<String, String> values = entry.values();
    return new SessionState(
        entry.version(),
        Integer.parseInt(values.get("run")),
        values.get("active"),
        Integer.parseInt(values.get("turns")),
        Phase.valueOf(values.get("phase")));
  }
}
