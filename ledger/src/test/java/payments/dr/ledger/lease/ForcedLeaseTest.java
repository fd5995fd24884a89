package payments.dr.ledger.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;

/**
 * A human forces a Region while the other one renews: what one of both is told binds the other as
 * soon as they share a register, in whichever order they call.
 */
class ForcedLeaseTest {

  private static final String OLD = "us-east-1";
  private static final String NEW = "us-east-2";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TTL = LeaseTiming.TTL;

  /** Steps of two calls: each reads three registers, and writes three. */
  private static final int STEPS = 12;

  /** Which registers a Region reaches: one bit each, that of its own first. */
  private static final int OWN = 1;

  private static final int OTHER = 2;
  private static final int WITNESS = 4;
  private static final int ALL = 7;

  private final List<InMemoryLedger> registers =
      List.of(new InMemoryLedger(), new InMemoryLedger(), new InMemoryLedger());

  /** Two calls at once, as a schedule says. */
  private interface AtOnce {
    Turns run(int schedule) throws Exception;
  }

  /** Each interleaving once: schedules that differ after the end of one call are the same one. */
  private static void interleave(AtOnce calls) throws Exception {
    BitSet run = new BitSet();
    for (int schedule = 0; schedule < 1 << STEPS; schedule = run.nextClearBit(schedule)) {
      int decided = calls.run(schedule).decided();
      for (int same = schedule; same < 1 << STEPS; same += 1 << decided) {
        run.set(same);
      }
    }
  }

  @Test
  void old_holder_loses_whatever_the_interleaving() throws Exception {
    interleave(schedule -> new ForcedLeaseTest().renewAtOnce(schedule));
  }

  private Turns renewAtOnce(int schedule) throws Exception {
    force();
    Instant met = NOW.plusSeconds(40);
    Turns turns = new Turns(schedule, STEPS);
    LeaseRegisters old = old(turns, ALL);
    LeaseRegisters forced = forced(turns, ALL);

    Turns.Both<Renewal, Renewal> both =
        Turns.take(turns, () -> old.renew(OLD, met, TTL), () -> forced.renew(NEW, met, TTL));

    assertInstanceOf(Renewal.Lost.class, both.first(), () -> "schedule " + schedule);
    assertInstanceOf(Renewal.Held.class, both.second(), () -> "schedule " + schedule);
    ends(met, "schedule " + schedule);
    return turns;
  }

  @Test
  void force_at_the_same_time_as_a_renewal_is_obeyed_by_the_next_one() throws Exception {
    interleave(schedule -> new ForcedLeaseTest().forceAtOnce(schedule));
  }

  private Turns forceAtOnce(int schedule) throws Exception {
    held(old(ALL).renew(OLD, NOW, TTL));
    Instant met = NOW.plusSeconds(5);
    Turns turns = new Turns(schedule, STEPS);
    LeaseRegisters old = old(turns, ALL);
    LeaseRegisters forced = forced(turns, OWN);

    Turns.take(
        turns,
        () -> old.renew(OLD, met, TTL),
        () -> {
          forced.force(NEW);
          return Optional.empty();
        });

    ends(met, "schedule " + schedule);
    return turns;
  }

  /** From then on all registers are reached: the old one never renews again, the new one alone. */
  private void ends(Instant met, String what) {
    Instant last = met;
    boolean begun = false;
    for (int round = 1; round <= 16; round++) {
      last = met.plusSeconds(5L * round);
      assertFalse(old(ALL).renew(OLD, last, TTL) instanceof Renewal.Held, what);
      boolean renewed = forced(ALL).renew(NEW, last, TTL) instanceof Renewal.Held;
      assertTrue(renewed || !begun, what);
      begun = renewed;
    }
    assertEquals(3, held(forced(ALL).renew(NEW, last, TTL)).registers(), what);
    assertFalse(forced(ALL).read().forcedBy(NEW), what);
    assertTrue(forced(ALL).read().heldBy(NEW), what);
  }

  /** Whichever registers each of them reaches for a while, and in both orders each time. */
  @Test
  void both_renew_only_while_they_share_no_register() {
    for (int ofOld : List.of(OWN, OWN | OTHER, OWN | WITNESS, ALL)) {
      for (int ofNew : List.of(OWN, OWN | OTHER, OWN | WITNESS, ALL)) {
        for (int orders = 0; orders < 16; orders++) {
          new ForcedLeaseTest().renewApart(ofOld, ofNew, orders);
        }
      }
    }
  }

  private void renewApart(int ofOld, int ofNew, int orders) {
    force();
    String what = "old %d, new %d, orders %d".formatted(ofOld, ofNew, orders);
    boolean oldGoesOn = false;
    Instant last = NOW.plusSeconds(40);
    for (int round = 0; round < 4; round++) {
      last = last.plusSeconds(5);
      boolean newFirst = (orders >> round & 1) > 0;
      if (newFirst) {
        held(forced(ofNew).renew(NEW, last, TTL));
      }
      oldGoesOn = old(ofOld).renew(OLD, last, TTL) instanceof Renewal.Held;
      if (!newFirst) {
        held(forced(ofNew).renew(NEW, last, TTL));
      }
    }

    assertEquals(ofOld == (OWN | WITNESS) && ofNew == OWN, oldGoesOn, what);
    ends(last, what);
  }

  /** A promotion that failed after all: what was forced is given back, and the old one goes on. */
  @Test
  void forced_lease_that_is_given_back_binds_nobody() {
    force();

    forced(ALL).take(OLD);

    assertEquals(0, forced(ALL).read().registersOf(NEW));
    assertEquals(3, held(old(ALL).renew(OLD, NOW.plusSeconds(40), TTL)).registers());
    assertFalse(forced(ALL).renew(NEW, NOW.plusSeconds(41), TTL) instanceof Renewal.Held);
  }

  /** The Regions are apart, the old one goes on by the witness, and a human forces the new one. */
  private void force() {
    held(old(ALL).renew(OLD, NOW, TTL));
    forced(OWN).force(NEW);
    for (int second = 5; second <= 35; second += 5) {
      held(old(OWN | WITNESS).renew(OLD, NOW.plusSeconds(second), TTL));
    }
  }

  private LeaseRegisters old(int reached) {
    return old(new Turns(0, 0), reached);
  }

  private LeaseRegisters old(Turns turns, int reached) {
    return seen(turns, 0, reached, List.of(0, 1, 2));
  }

  private LeaseRegisters forced(int reached) {
    return forced(new Turns(0, 0), reached);
  }

  private LeaseRegisters forced(Turns turns, int reached) {
    return seen(turns, 1, reached, List.of(1, 0, 2));
  }

  private LeaseRegisters seen(Turns turns, int caller, int reached, List<Integer> order) {
    List<Ledger> ledgers =
        List.of(
            register(turns, caller, (reached & OWN) > 0, order.get(0)),
            register(turns, caller, (reached & OTHER) > 0, order.get(1)),
            register(turns, caller, (reached & WITNESS) > 0, order.get(2)));
    return new LeaseRegisters(ledgers.get(0), ledgers.get(1), ledgers.get(2), Runnable::run);
  }

  private Ledger register(Turns turns, int caller, boolean reached, int which) {
    return reached ? turns.of(caller, registers.get(which)) : new Away();
  }

  private static Renewal.Held held(Renewal renewal) {
    return assertInstanceOf(Renewal.Held.class, renewal);
  }

  private static final class Away implements Ledger {

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      throw new LedgerUnavailableException("no answer", null);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      throw new LedgerUnavailableException("no answer", null);
    }
  }
}
