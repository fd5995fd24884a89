package payments.dr.ledger.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerUnavailableException;

/**
 * The lease in its three registers: the ledgers of both Regions, and a witness's in a third. Two of
 * them decide, so that each of them may be lost.
 *
 * <p>Why no two Regions ever hold it: a renewal counts when two registers took it, and a taker
 * needs two as well. One register therefore knows of both, and each write names the version that it
 * replaces. So the taker has read the end of the last renewal that counted, and no later one can.
 *
 * <p>A human may force it with one register, and the other Region may go on with two others. That
 * ends as soon as they share one: the Region that was forced takes the registers that it reaches
 * from the other, and who reads that another was forced since renews nothing.
 *
 * <p>It lives beside the ledger because a register is an entry of one, and because the function and
 * the fleet must agree on it to the letter.
 */
public final class LeaseRegisters {

  /** Colleagues of the fleet renew at the same time, and one of them is first. */
  private static final int ATTEMPTS = 4;

  private final List<Ledger> ledgers;
  private final Registers registers;

  /**
   * Makes the lease as one Region sees it.
   *
   * @param own the ledger of the caller's Region
   * @param other that of the other Region
   * @param witness the one in the third Region
   * @param threads for calls at the same time, as many as are needed: one may hang for long
   */
  public LeaseRegisters(Ledger own, Ledger other, Ledger witness, Executor threads) {
    this(own, other, witness, threads, LeaseTiming.CALL);
  }

  LeaseRegisters(Ledger own, Ledger other, Ledger witness, Executor threads, Duration limit) {
    this.ledgers = List.of(own, other, witness);
    this.registers = new Registers(ledgers, threads, limit);
  }

  /** Reads all registers; those that do not answer within {@link LeaseTiming#CALL} are left out. */
  public LeaseView read() {
    return view(answers());
  }

  /**
   * Renews the lease for the Region that holds it, or gives it to the first that ever asks. The
   * caller must have seen before the call that its Region's database takes writes.
   *
   * @param holder name of the caller's Region
   * @param now by the caller's clock, which must be right to {@link LeaseTiming#CLOCK_ERROR}
   * @param ttl how long the renewal lasts; {@link LeaseTiming#TTL} but for tests
   */
  public Renewal renew(String holder, Instant now, Duration ttl) {
    long deadline = System.nanoTime() + ttl.toNanos();
    List<Optional<LeaseEntry>> found = answers();
    LeaseView seen = view(found);
    boolean forced = seen.forcedBy(holder);
    if (!seen.isMajority() && !forced) {
      return new Renewal.Failed("two of three registers must answer, got " + seen.entries().size());
    }
    Optional<Long> epoch = seen.epochOf(holder);
    boolean overtaken = seen.overtaking(holder) >= LeaseView.MAJORITY;
    if (epoch.isEmpty() || overtaken || seen.forcedAgainst(holder)) {
      return lost(seen, holder);
    }
    boolean stillForced = !seen.heldBy(holder) || now.isBefore(seen.endOfAnother(holder));
    Instant last = now.plus(ttl);
    List<Optional<LeaseEntry>> took =
        each(
            forced ? seized(found, seen, holder, epoch.get()) : found,
            (register, entry) ->
                write(
                    register,
                    entry,
                    it -> it.renewed(holder, epoch.get(), now, last, stillForced)));
    int counted = view(took).entries().size();
    return counted >= LeaseView.MAJORITY || forced && took.get(0).isPresent()
        ? new Renewal.Held(epoch.get(), last, deadline, counted)
        : notRenewed(seen, holder, now, counted);
  }

  /**
   * Takes the lease for another Region, or gives it back to the one before; nothing when each
   * register that answers says that it holds it. One that missed the last take is taken now: there
   * the end of the other Region's renewals would stand for good. The Region may begin to write
   * {@link LeaseTiming#MARGIN} after {@link LeaseView#untilOfAnother}, which its own renewals see
   * to.
   *
   * @return what the registers say then, two or more of them that {@code newHolder} holds it
   * @throws LedgerUnavailableException when fewer than two registers took it; what one took was
   *     given back, if that register still answered
   */
  public LeaseView take(String newHolder) {
    List<Optional<LeaseEntry>> found = answers();
    LeaseView seen = view(found);
    if (!seen.isMajority()) {
      throw untaken(newHolder, seen.entries().size() + " that answered");
    }
    if (seen.heldBy(newHolder) && seen.registersOf(newHolder) == seen.entries().size()) {
      return seen;
    }
    List<Optional<LeaseEntry>> took = move(found, seen, newHolder, false);
    LeaseView after = view(took);
    if (after.heldBy(newHolder)) {
      return after;
    }
    // The former holder needs two registers to go on, and may have lost one already.
    seen.former(newHolder).ifPresent(former -> move(took, seen, former, false));
    throw untaken(newHolder, after.entries().size() + " that took it");
  }

  /**
   * Gives the lease to the caller's Region with its own register alone, because a human said so:
   * both Regions may write from now on, until the registers are reached again.
   *
   * @throws LedgerUnavailableException when not even the own register took it
   */
  public void force(String newHolder) {
    List<Optional<LeaseEntry>> found = answers();
    if (move(found, view(found), newHolder, true).get(0).isEmpty()) {
      throw untaken(newHolder, "not even the Region's own");
    }
  }

  private List<Optional<LeaseEntry>> answers() {
    return registers.each(i -> Optional.of(LeaseEntry.read(ledgers.get(i))));
  }

  private static LeaseView view(List<Optional<LeaseEntry>> found) {
    return new LeaseView(found.stream().flatMap(Optional::stream).toList(), found.get(0));
  }

  /** Makes a Region the holder in each register that answered; the answer is where it is now. */
  private List<Optional<LeaseEntry>> move(
      List<Optional<LeaseEntry>> found, LeaseView seen, String to, boolean forced) {
    LeaseView now = view(found);
    boolean begun = now.holder().filter(to::equals).isPresent();
    long epoch = begun ? now.highestEpoch() : now.highestEpoch() + 1;
    return each(
        found,
        (register, entry) ->
            entry.heldBy(to) && !forced
                ? Optional.of(entry)
                : write(register, entry, it -> it.moved(to, epoch, seen, forced)));
  }

  /**
   * Makes a Region that was forced the holder in each register that another one holds under an
   * older epoch. That one still may write until its end, so this renews nothing.
   */
  private List<Optional<LeaseEntry>> seized(
      List<Optional<LeaseEntry>> found, LeaseView seen, String holder, long epoch) {
    return each(
        found,
        (register, entry) ->
            entry.heldBy(holder)
                ? Optional.of(entry)
                : write(
                    register,
                    entry,
                    it ->
                        it.epoch() < epoch
                            ? it.moved(holder, epoch, seen, false)
                            : Optional.empty()));
  }

  /**
   * Writes a register, again if somebody else was first.
   *
   * @param change from what the register holds to what it shall hold; empty: it stays as it is
   */
  private static Optional<LeaseEntry> write(
      Ledger register, LeaseEntry found, Function<LeaseEntry, Optional<LeaseEntry>> change) {
    Optional<LeaseEntry> wanted = change.apply(found);
    for (int attempt = 1; wanted.isPresent(); attempt++) {
      try {
        register.write(List.of(wanted.get().change()));
        return wanted.map(LeaseEntry::written);
      } catch (LedgerConflictException e) {
        if (attempt == ATTEMPTS) {
          return Optional.empty();
        }
        wanted = change.apply(LeaseEntry.read(register));
      }
    }
    return Optional.empty();
  }

  private List<Optional<LeaseEntry>> each(
      List<Optional<LeaseEntry>> found, BiFunction<Ledger, LeaseEntry, Optional<LeaseEntry>> call) {
    return registers.each(i -> found.get(i).flatMap(entry -> call.apply(ledgers.get(i), entry)));
  }

  private static Renewal notRenewed(LeaseView seen, String holder, Instant now, int counted) {
    if (seen.overtaking(holder) >= LeaseView.MAJORITY) {
      return lost(seen, holder);
    }
    Instant begins = seen.endOfAnother(holder);
    return new Renewal.Failed(
        now.isBefore(begins)
            ? "the former holder may write, so that the lease must be renewed from " + begins
            : "two of three registers must take the renewal, got " + counted);
  }

  private static Renewal lost(LeaseView seen, String holder) {
    return seen.overtaking(holder) >= LeaseView.MAJORITY || seen.forcedAgainst(holder)
        ? new Renewal.Lost(seen.former(holder).orElseThrow(), seen.highestEpoch())
        : new Renewal.Failed(holder + " was not given the lease");
  }

  private static LedgerUnavailableException untaken(String newHolder, String got) {
    return new LedgerUnavailableException(
        "lease for %s must be taken in two of three registers, got %s".formatted(newHolder, got),
        null);
  }
}
