package payments.dr.operations.migration.sessions;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Holding;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseRenewer;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.Mutex;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.sessions.SessionState.Phase;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** What the commands {@code ./dr migrate sessions} do, and a cutover of the database with them. */
public final class SessionMigration {

  /** What ids of idempotency keys begin with, unless somebody says otherwise. */
  public static final String IDEMPOTENCY_PREFIX = "idempotency#";

  private static final String COPIER = "SESSIONS#copier";

  /** The lease under which the last copier ended in order. */
  private static final LedgerKey ENDED =
      new LedgerKey(SessionState.ENTITY + "#ended", LedgerKey.ONLY);

  private final SessionTableClients tables;
  private final Ledger ledger;
  private final Mutex mutex;
  private final Mutex copiers;
  private final InstantSource clock;
  private final PrintStream out;

  SessionMigration(
      SessionTableClients tables,
      Ledger ledger,
      Duration ttl,
      InstantSource clock,
      PrintStream out) {
    this.tables = tables;
    this.ledger = ledger;
    this.mutex = new Mutex(ledger, clock, ttl);
    this.copiers = new Mutex(COPIER, ledger, clock, ttl);
    this.clock = clock;
    this.out = out;
  }

  /**
   * Returns the migration of an environment's sessions.
   *
   * @throws BadInputException when there is no such environment
   */
  public static SessionMigration of(String environment) {
    return EnvironmentSessions.of(environment);
  }

  /** Everything that stands against a migration; nothing is written. */
  List<String> preflight() {
    List<String> faults = new ArrayList<>();
    TableDescription from = tables.describe(Generations.FROM);
    TableDescription to = tables.describe(Generations.TO);
    for (TableDescription table : List.of(from, to)) {
      boolean key =
          table.keySchema().size() == 1
              && table.keySchema().get(0).attributeName().equals(Sessions.KEY);
      if (!key) {
        faults.add(
            "key of %s must be %s alone, got %s"
                .formatted(table.tableName(), Sessions.KEY, table.keySchema()));
      }
      if (table.streamSpecification() == null
          || table.streamSpecification().streamViewType() != StreamViewType.NEW_AND_OLD_IMAGES) {
        faults.add("stream of " + table.tableName() + " must have new and old images, got none");
      }
    }
    for (String generation : List.of(Generations.FROM, Generations.TO)) {
      tables.fence(generation).obstacle().ifPresent(faults::add);
    }
    boolean fresh = SessionState.read(ledger).filter(s -> s.phase() != Phase.FINISHED).isEmpty();
    if (fresh && !tables.sessions(Generations.TO).scan(0, 1, "").items().isEmpty()) {
      faults.add("table " + to.tableName() + " must be empty before the first start");
    }
    return faults;
  }

  /** Copies and follows until told to stop. */
  void start(Predicate<Copier.Progress> goOn) {
    try (LeaseRenewer held = LeaseRenewer.start(copiers.acquire(holder("copy")))) {
      Optional<SessionState> found = SessionState.read(ledger);
      if (found.filter(state -> state.phase() != Phase.FINISHED).isEmpty()) {
        List<String> faults = preflight();
        if (!faults.isEmpty()) {
          throw new BadInputException(String.join("\n", faults));
        }
        held.lease().write(List.of(SessionState.first(found, Generations.FROM).change()));
      }
      SessionState state = SessionState.started(ledger);
      if (state.phase() == Phase.SWITCHING) {
        throw new BadInputException(
            "cutover to %s must be ended first, by `./dr migrate sessions %s`"
                .formatted(
                    Generations.other(state.active()), command(Generations.other(state.active()))));
      }
      try (Copier copier = new Copier(tables, ledger, held.lease(), state, clock)) {
        copier.run(goOn);
      } finally {
        ended(held.lease().epoch());
      }
    }
  }

  /** Tells whoever overtook this copier that none of its writes is under way any more. */
  private void ended(long epoch) {
    Map<String, String> values = Map.of("epoch", Long.toString(epoch));
    ledger.write(List.of(LedgerChange.put(ENDED, ledger.read(ENDED), values)));
  }

  SessionComparison verify(String idempotencyPrefix, Duration patience) {
    SessionState state = SessionState.started(ledger);
    return SessionComparison.of(
        tables.sessions(state.active()),
        tables.sessions(Generations.other(state.active())),
        idempotencyPrefix,
        patience,
        clock);
  }

  void cutOverTo(String generation, String idempotencyPrefix) {
    try (LeaseRenewer held = LeaseRenewer.start(mutex.acquire(holder(command(generation))))) {
      cutOverTo(generation, idempotencyPrefix, held.lease());
    }
  }

  /**
   * Moves the sessions as part of a cutover that holds the mutex itself. Idempotent.
   *
   * @throws CommandFailedException when it gave up; the generation left takes sessions again
   */
  public void cutOverTo(String generation, String idempotencyPrefix, Lease held) {
    try (LeaseRenewer copier = takeCopier(generation)) {
      new SessionCutover(tables, ledger, held, copier.lease(), idempotencyPrefix, clock, out)
          .to(generation);
    }
  }

  /**
   * Whether a cutover could begin now, or has been made already.
   *
   * @throws BadInputException when nothing copies, or not everything is copied
   */
  public void requireFollowing(String generation) {
    SessionState state = SessionState.started(ledger);
    if (!state.active().equals(generation) && state.phase() == Phase.COPYING) {
      throw new BadInputException(
          "sessions must all be copied, got phase COPYING: see `./dr migrate sessions status`");
    }
  }

  /** Leaves the generation that is not active without writers. */
  void finish() {
    try (LeaseRenewer held = LeaseRenewer.start(mutex.acquire(holder("finish")));
        LeaseRenewer copier = takeCopier("finish")) {
      SessionState state = SessionState.started(ledger);
      if (state.phase() != Phase.FOLLOWING || state.turns() == 0) {
        throw new BadInputException(
            "sessions must be cut over before they are finished, got phase %s, %s active"
                .formatted(state.phase(), state.active()));
      }
      String left = Generations.other(state.active());
      copier.lease().write(List.of(state.in(Phase.FINISHED).change(), held.lease().held()));
      tables.fence(left).raise(Optional.empty());
      out.println("finished: " + left + " takes no writes any more and follows nothing");
    }
  }

  void status() {
    SessionState state = SessionState.started(ledger);
    out.printf(
        "sessions: %s active, %s to %s, run %d%n",
        state.active(), state.phase(), Generations.other(state.active()), state.run());
    Map<String, Map<String, String>> segments = segments(state);
    out.printf(
        "copied: %d items, %d of %d segments done%n",
        Backfill.items(segments),
        segments.values().stream().filter(segment -> segment.containsKey("done")).count(),
        Backfill.SEGMENTS);
    ledger
        .read(new LedgerKey(state.entity("progress"), LedgerKey.ONLY))
        .ifPresent(
            progress ->
                out.printf(
                    "lag: %s s at %s%n",
                    progress.values().get("lagSeconds"), progress.values().get("at")));
    out.println("copier: " + copiers.holding().map(Object::toString).orElse("none"));
    out.println("mutex: " + mutex.holding().map(Object::toString).orElse("free"));
  }

  private Map<String, Map<String, String>> segments(SessionState state) {
    Map<String, Map<String, String>> found = new TreeMap<>();
    ledger.readAll(state.scan()).forEach(entry -> found.put(entry.key().entry(), entry.values()));
    return found;
  }

  /** Ends a copier that follows elsewhere, and waits until its last writes must be over. */
  private LeaseRenewer takeCopier(String purpose) {
    Optional<Holding> before = copiers.holding();
    LeaseRenewer taken = LeaseRenewer.start(copiers.preempt(holder(purpose)));
    // Its lease may have run out while its last call was under way.
    Instant end =
        before.map(held -> held.until().plus(SessionTableClients.CALL)).orElse(Instant.EPOCH);
    if (clock.instant().isBefore(end)) {
      out.println("ending the copier that was at work: " + before.orElseThrow());
    }
    while (clock.instant().isBefore(end) && !hasEnded(before.orElseThrow().epoch())) {
      Pause.of(Duration.ofMillis(200));
    }
    return taken;
  }

  private boolean hasEnded(long epoch) {
    return ledger
        .read(ENDED)
        .filter(entry -> entry.values().get("epoch").equals(Long.toString(epoch)))
        .isPresent();
  }

  private static String command(String generation) {
    return generation.equals(Generations.TO) ? "cutover" : "rollback";
  }

  private static Holder holder(String purpose) {
    return Holder.ofThisProcess("sessions " + purpose);
  }
}
