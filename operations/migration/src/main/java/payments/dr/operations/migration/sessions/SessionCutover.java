package payments.dr.operations.migration.sessions;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import payments.dr.ledger.Lease;
import payments.dr.ledger.LeaseLostException;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.sessions.SessionState.Phase;

/**
 * Moves the application's writes to the other generation; cutover and rollback are the same, the
 * other way.
 *
 * <p>Until the ledger says that the other one is active, whatever goes wrong takes the fence away
 * again. After a kill the same command goes on, and the opposite one takes it back.
 */
final class SessionCutover {

  /** The product's promise for a pause of writes. */
  static final Duration LIMIT = Duration.ofSeconds(300);

  private final SessionTableClients tables;
  private final Ledger ledger;
  private final Lease mutex;
  private final Lease copierLease;
  private final String idempotencyPrefix;
  private final InstantSource clock;
  private final PrintStream out;

  /**
   * @param mutex of cutover and failover
   * @param copierLease of the sessions' copier
   */
  SessionCutover(
      SessionTableClients tables,
      Ledger ledger,
      Lease mutex,
      Lease copierLease,
      String idempotencyPrefix,
      InstantSource clock,
      PrintStream out) {
    this.tables = tables;
    this.ledger = ledger;
    this.mutex = mutex;
    this.copierLease = copierLease;
    this.idempotencyPrefix = idempotencyPrefix;
    this.clock = clock;
    this.out = out;
  }

  /** Makes that generation the active one; when it is already, ends what was left undone. */
  void to(String generation) {
    SessionState state = SessionState.started(ledger);
    if (!state.active().equals(generation)) {
      move(state);
    } else if (state.phase() == Phase.SWITCHING) {
      write(state.in(Phase.FOLLOWING));
    }
    open(SessionState.started(ledger));
  }

  private void move(SessionState state) {
    if (state.phase() == Phase.COPYING) {
      throw new CommandFailedException(
          "sessions must all be copied before, got phase COPYING: see `./dr migrate sessions start`");
    }
    SessionFence fence = tables.fence(state.active());
    fence.requireWritable();
    write(state.in(Phase.SWITCHING));
    SessionState switching = SessionState.started(ledger);
    try (Copier copier = new Copier(tables, ledger, copierLease, switching, clock)) {
      Instant end = clock.instant().plus(LIMIT);
      Instant start = clock.instant();
      reached(start, copier.catchUp(end), end, "caught up, writes go on");
      copier.skipTarget(end);
      pause(fence, copier, switching);
    } catch (RuntimeException e) {
      giveUp(switching, fence);
      throw e;
    }
  }

  /** Takes the fence away, unless the point of no return was passed: only the ledger knows. */
  private void giveUp(SessionState switching, SessionFence fence) {
    try {
      SessionState now = SessionState.started(ledger);
      if (!now.active().equals(switching.active())) {
        out.println(now.active() + " is active: run this command again");
        return;
      }
      // First: from here on, a turn that is still under way cannot be written any more.
      write(now.in(Phase.FOLLOWING));
    } catch (LeaseLostException e) {
      out.println("overtaken: " + e.getMessage());
    } catch (LedgerUnavailableException e) {
      out.println(
          "fence of %s stays, run this command again: %s"
              .formatted(switching.active(), e.getMessage()));
      return;
    }
    fence.lift();
    out.println("fence of " + switching.active() + " lifted: it takes writes as before");
  }

  private void pause(SessionFence fence, Copier copier, SessionState switching) {
    Instant start = clock.instant();
    Instant end = start.plus(LIMIT);
    mutex.check();
    fence.raise(Optional.empty());
    fence.prove(end, clock);
    tell(start, "writes refused");
    reached(start, copier.drain(end), end, "drained");
    Sessions source = tables.sessions(switching.active());
    Sessions target = tables.sessions(Generations.other(switching.active()));
    sweep(target);
    SessionComparison comparison =
        SessionComparison.of(source, target, idempotencyPrefix, Duration.ofSeconds(5), clock);
    tell(start, comparison.toString());
    if (!comparison.equal()) {
      throw new CommandFailedException("tables must hold the same, got " + comparison);
    }
    copier.skipTarget(end);
    if (clock.instant().isAfter(end)) {
      throw new CommandFailedException(
          "writes must not pause for more than %d s, took %d s so far"
              .formatted(LIMIT.toSeconds(), Duration.between(start, clock.instant()).toSeconds()));
    }
    write(switching.turned());
    tell(start, target.generation() + " is the active generation");
  }

  /** What follows the point of no return, and may be repeated. */
  private void open(SessionState state) {
    tables.fence(state.active()).lift();
    if (state.turns() > 0) {
      // The copier writes there from now on, nobody else.
      tables.fence(Generations.other(state.active())).raise(Optional.of(tables.principal()));
    }
  }

  private void reached(Instant start, boolean done, Instant end, String what) {
    if (!done) {
      throw new CommandFailedException(
          "stream must be read to its end in time, still behind at " + end);
    }
    tell(start, what);
  }

  private void sweep(Sessions target) {
    try (Parallel threads = new Parallel("session-sweep", Backfill.SEGMENTS)) {
      new Contents(target, item -> false, threads).sweep();
    }
  }

  private void write(SessionState next) {
    copierLease.write(List.of(next.change(), mutex.held()));
  }

  private void tell(Instant start, String what) {
    out.printf("%6.1f s  %s%n", Duration.between(start, clock.instant()).toMillis() / 1000.0, what);
  }
}
