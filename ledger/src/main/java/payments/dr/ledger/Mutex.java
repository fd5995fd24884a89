package payments.dr.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One environment's mutex: cutover and failover never run against each other.
 *
 * <p>Two entries. {@code MUTEX} tells who holds it and changes with every change of hands only, so
 * that its version is the epoch: writes of a holder demand that very version, and one that was
 * overtaken writes nothing more. {@code MUTEX/renewal} tells until when, and whoever takes over
 * demands that it did not change since it was seen run out.
 *
 * <p>Clocks decide only when a holder counts as dead. What they cannot decide, since no clock is
 * right, is who may write: that is the epoch.
 */
public final class Mutex {

  /** Long enough for a few failed renewals, short enough to wait for after a kill. */
  public static final Duration TTL = Duration.ofSeconds(30);

  /** The mutex of cutover and failover. */
  private static final String ENTITY = "MUTEX";

  /** What the clocks of two machines may differ before one takes over too early. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofSeconds(5);

  private static final int PREEMPT_ATTEMPTS = 10;

  private final Entries.Keys keys;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Duration ttl;

  /**
   * Makes the environment's own mutex.
   *
   * @param ttl how long a holder stays one without renewal; {@link #TTL} but for tests
   */
  public Mutex(Ledger ledger, InstantSource clock, Duration ttl) {
    this(ENTITY, ledger, clock, ttl);
  }

  /**
   * Makes a mutex beside the environment's own, for work that goes on for days and that a cutover
   * or failover need not wait for.
   *
   * @param entity that keeps it, in place of {@code MUTEX}
   */
  public Mutex(String entity, Ledger ledger, InstantSource clock, Duration ttl) {
    this.keys = new Entries.Keys(LedgerKey.of(entity), new LedgerKey(entity, "renewal"));
    this.ledger = ledger;
    this.clock = clock;
    this.ttl = ttl;
  }

  /** Returns who took the mutex and did not give it back, also when the lease has run out. */
  public Optional<Holding> holding() {
    return read().holding();
  }

  /**
   * Takes the mutex.
   *
   * @throws MutexHeldException when somebody else has it and it has not run out
   */
  public Lease acquire(Holder holder) {
    Entries found = read();
    found
        .holding()
        .filter(held -> !clock.instant().isAfter(held.until().plus(CLOCK_DIFFERENCE)))
        .ifPresent(
            held -> {
              throw new MutexHeldException(held);
            });
    try {
      return take(found, holder);
    } catch (LedgerConflictException e) {
      // Somebody was quicker, or the holder lives and has renewed in this moment.
      throw holding().<LedgerException>map(MutexHeldException::new).orElse(e);
    }
  }

  /** Takes it from its holder, whose next write under its lease fails. */
  public Lease preempt(Holder holder) {
    for (int attempt = 1; ; attempt++) {
      try {
        return take(read(), holder);
      } catch (LedgerConflictException e) {
        if (attempt == PREEMPT_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Lease take(Entries found, Holder holder) {
    Instant now = clock.instant();
    LedgerChange taken =
        LedgerChange.put(
            keys.holder(),
            found.holder(),
            Map.of("holder", holder.who(), "purpose", holder.purpose(), "since", now.toString()));
    LedgerChange renewal =
        LedgerChange.put(keys.renewal(), found.renewal(), Lease.renewed(now.plus(ttl)));
    ledger.write(List.of(taken, renewal));
    LedgerEntry token = new LedgerEntry(keys.holder(), taken.expectedVersion() + 1, taken.values());
    return new Lease(ledger, keys, clock, ttl, token, now.plus(ttl));
  }

  private Entries read() {
    return Entries.of(ledger, keys);
  }

  /** The two entries as they were read. */
  record Entries(Optional<LedgerEntry> holder, Optional<LedgerEntry> renewal) {

    /** Where they are. */
    record Keys(LedgerKey holder, LedgerKey renewal) {}

    static Entries of(Ledger ledger, Keys keys) {
      List<LedgerEntry> found = ledger.readAll(keys.holder().entity());
      return new Entries(named(keys.holder(), found), named(keys.renewal(), found));
    }

    private static Optional<LedgerEntry> named(LedgerKey key, List<LedgerEntry> found) {
      return found.stream().filter(entry -> entry.key().equals(key)).findFirst();
    }

    Optional<Holding> holding() {
      return holder
          .filter(entry -> entry.values().containsKey("holder"))
          .map(
              entry ->
                  new Holding(
                      entry.version(),
                      new Holder(entry.values().get("holder"), entry.values().get("purpose")),
                      Instant.parse(entry.values().get("since")),
                      Instant.parse(renewal.orElseThrow().values().get("until"))));
    }
  }
}
