package payments.dr.operations.migration.sessions;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import payments.dr.ledger.Lease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerKey;
import payments.dr.operations.migration.sessions.SessionState.Phase;
import payments.dr.operations.migration.sessions.StreamReader.Round;

/** Copies from the active generation to the other one, and follows what comes, under a lease. */
final class Copier implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FLUSH = Duration.ofSeconds(1);

  private final SessionTableClients tables;
  private final Ledger ledger;
  private final Lease lease;
  private final InstantSource clock;
  private final Checkpoints checkpoints;
  private final Sessions source;
  private final Sessions target;
  private final StreamReader reader;
  private final Writer writer;
  private final Backfill backfill;
  private volatile SessionState state;
  private volatile boolean sweeping;
  private Instant flushed = Instant.EPOCH;

  Copier(
      SessionTableClients tables,
      Ledger ledger,
      Lease lease,
      SessionState state,
      InstantSource clock) {
    this.tables = tables;
    this.ledger = ledger;
    this.lease = lease;
    this.clock = clock;
    this.state = state;
    checkpoints = new Checkpoints(ledger, lease);
    checkpoints.load(state.entity("progress"));
    source = tables.sessions(state.active());
    target = tables.sessions(Generations.other(state.active()));
    reader = tables.reader(source.generation(), shards(source.generation()), clock);
    writer = new Writer(source.generation(), target, this::mayBeScanned, clock);
    backfill = new Backfill(source, target, checkpoints, state.scan());
  }

  /**
   * What one look found.
   *
   * @param items seen by the scan
   * @param following whether the scan is done
   */
  record Progress(long items, boolean following, Round round) {}

  /** Goes on until told to stop, which is asked after every round. */
  void run(Predicate<Progress> goOn) {
    // The stream's shards are known before the scan begins; from then on nothing is missed.
    Round round = reader.round(writer::write);
    checkpoints.flush();
    CompletableFuture<Void> scan =
        state.phase() == Phase.COPYING
            ? CompletableFuture.runAsync(backfill::run, Copier::start)
            : CompletableFuture.completedFuture(null);
    while (goOn.test(new Progress(backfill.copied(), state.phase() != Phase.COPYING, round))) {
      if (scan.isDone() && state.phase() == Phase.COPYING) {
        scan.join();
        follow();
      }
      if (round.empty()) {
        Pause.of(POLL);
      }
      round = reader.round(writer::write);
      keep(round);
    }
    checkpoints.flush();
  }

  /** While writes go on: until it is a few seconds behind at most, or the time is over. */
  boolean catchUp(Instant end) {
    int close = 0;
    while (close < 3) {
      if (clock.instant().isAfter(end)) {
        return false;
      }
      close = reader.round(writer::write).upToDate() ? close + 1 : 0;
    }
    checkpoints.flush();
    return true;
  }

  /** Once nobody writes: until some rounds in a row found nothing, or the time is over. */
  boolean drain(Instant end) {
    int quiet = 0;
    Instant since = clock.instant();
    // A page may be empty although there is more: one says nothing, several over a second do.
    while (quiet < 5 || clock.instant().isBefore(since.plusSeconds(1))) {
      if (clock.instant().isAfter(end)) {
        return false;
      }
      boolean empty = reader.round(writer::write).empty();
      if (!empty) {
        since = clock.instant();
      }
      quiet = empty ? quiet + 1 : 0;
      Pause.of(empty ? POLL : Duration.ZERO);
    }
    checkpoints.flush();
    return true;
  }

  /**
   * Passes over what the target's stream holds: the copier's own writes, since nobody else writes
   * there yet. What comes later is the application's.
   */
  void skipTarget(Instant end) {
    try (StreamReader own =
        tables.reader(target.generation(), shards(target.generation()), clock)) {
      int quiet = 0;
      while (quiet < 3 && clock.instant().isBefore(end)) {
        quiet = own.round(records -> {}).empty() ? quiet + 1 : 0;
      }
    }
    checkpoints.flush();
  }

  private boolean mayBeScanned() {
    return state.phase() == Phase.COPYING && !sweeping;
  }

  private void follow() {
    sweeping = true;
    try (Parallel threads = new Parallel("session-sweep", Backfill.SEGMENTS)) {
      new Contents(target, item -> false, threads).sweep();
    }
    checkpoints.flush();
    lease.write(List.of(state.in(Phase.FOLLOWING).change()));
    state = SessionState.started(ledger);
  }

  private void keep(Round round) {
    if (clock.instant().isBefore(flushed.plus(FLUSH))) {
      return;
    }
    flushed = clock.instant();
    checkpoints.set(
        new LedgerKey(state.entity("progress"), LedgerKey.ONLY),
        Map.of(
            "at", flushed.toString(),
            "items", Long.toString(backfill.copied()),
            "lagSeconds", Long.toString(round.lag().toSeconds())));
    checkpoints.flush();
  }

  private Shards shards(String generation) {
    String entity = state.stream(generation);
    Map<String, String> positions = new HashMap<>();
    checkpoints
        .load(entity)
        .forEach((shard, values) -> positions.put(shard, values.get("position")));
    return new Shards(
        positions,
        (shard, position) ->
            checkpoints.set(new LedgerKey(entity, shard), Map.of("position", position)));
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "session-backfill");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    reader.close();
    writer.close();
  }
}
