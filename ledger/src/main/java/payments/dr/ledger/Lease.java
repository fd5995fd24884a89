package payments.dr.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A mutex, held. Threads may share it.
 *
 * <p>Its holder writes to the ledger through {@link #write} only, and asks {@link #check} before
 * each step that changes anything else: no ledger can refuse what happens outside of it.
 */
public final class Lease implements AutoCloseable {

  private final Ledger ledger;
  private final Mutex.Entries.Keys keys;
  private final InstantSource clock;
  private final Duration ttl;
  private final LedgerEntry token;
  private volatile Instant until;

  Lease(
      Ledger ledger,
      Mutex.Entries.Keys keys,
      InstantSource clock,
      Duration ttl,
      LedgerEntry token,
      Instant until) {
    this.ledger = ledger;
    this.keys = keys;
    this.clock = clock;
    this.ttl = ttl;
    this.token = token;
    this.until = until;
  }

  public long epoch() {
    return token.version();
  }

  /** Returns when others may take the lease unless it is renewed. */
  public Instant until() {
    return until;
  }

  Duration ttl() {
    return ttl;
  }

  /**
   * Asks the ledger whether this is still the mutex's holder, with time left.
   *
   * @throws LeaseLostException when it is not
   */
  public void check() {
    if (!clock.instant().isBefore(until)) {
      throw new LeaseLostException(
          "lease of epoch %d must be renewed in time, ran out at %s".formatted(epoch(), until));
    }
    if (overtaken()) {
      throw lost();
    }
  }

  /** Returns a condition for a write under another lease that shall need this one too. */
  public LedgerChange held() {
    return LedgerChange.unchanged(token);
  }

  /**
   * Makes all changes if this still is the holder, or none.
   *
   * @throws LeaseLostException when somebody else took the mutex
   * @throws LedgerConflictException when an entry has another version than expected
   */
  public void write(List<LedgerChange> changes) {
    List<LedgerChange> fenced = new ArrayList<>(changes);
    fenced.add(held());
    try {
      ledger.write(fenced);
    } catch (LedgerConflictException e) {
      throw overtaken() ? lost() : e;
    }
  }

  /**
   * Holds it for another TTL from now.
   *
   * @throws LeaseLostException when somebody else took it
   */
  public synchronized void renew() {
    Instant renewed = clock.instant().plus(ttl);
    // Read anew: a renewal without an answer may have been made.
    LedgerEntry renewal = ledger.read(keys.renewal()).orElseThrow();
    write(List.of(LedgerChange.update(renewal, renewed(renewed))));
    until = renewed;
  }

  /** Gives it back; nothing when somebody else took it. */
  @Override
  public void close() {
    try {
      ledger.write(
          List.of(
              LedgerChange.update(
                  token,
                  Map.of(
                      "lastHolder", token.values().get("holder"),
                      "lastPurpose", token.values().get("purpose"),
                      "released", clock.instant().toString()))));
    } catch (LedgerConflictException e) {
      if (!overtaken()) {
        throw e;
      }
    }
  }

  static Map<String, String> renewed(Instant until) {
    return Map.of("until", until.toString());
  }

  private boolean overtaken() {
    return ledger.read(keys.holder()).orElseThrow().version() != token.version();
  }

  private LeaseLostException lost() {
    return new LeaseLostException(
        "lease of epoch %d must still be held, got %s"
            .formatted(
                epoch(),
                Mutex.Entries.of(ledger, keys)
                    .holding()
                    .map(other -> "taken by " + other)
                    .orElse("given back")));
  }
}
