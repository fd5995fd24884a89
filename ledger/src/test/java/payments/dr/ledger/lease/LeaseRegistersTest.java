package payments.dr.ledger.lease;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;

class LeaseRegistersTest {

  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration TTL = LeaseTiming.TTL;

  private static final int SEEDS = Integer.getInteger("seeds", 5000) / 10;

  private final Switched primary = new Switched();
  private final Switched dr = new Switched();
  private final Switched witness = new Switched();
  private final LeaseRegisters fromPrimary =
      new LeaseRegisters(primary, dr, witness, Runnable::run);
  private final LeaseRegisters fromDr = new LeaseRegisters(dr, primary, witness, Runnable::run);

  @Test
  void first_renewal_is_the_first_lease() {
    Renewal.Held held = held(fromPrimary.renew(PRIMARY, NOW, TTL));

    assertEquals(1, held.epoch());
    assertEquals(NOW.plus(TTL), held.until());
    assertEquals(3, held.registers());
    assertEquals(
        Map.of("holder", PRIMARY, "epoch", "1", "until", "1767225630000", "formerUntil", "0"),
        witness.read(LeaseEntry.KEY).orElseThrow().values());
  }

  @Test
  void own_deadline_is_by_the_clock_that_nobody_sets() {
    long before = System.nanoTime();
    long deadline = held(fromPrimary.renew(PRIMARY, NOW, TTL)).deadline();
    long after = System.nanoTime();

    assertTrue(deadline >= before + TTL.toNanos() && deadline <= after + TTL.toNanos());
  }

  @Test
  void one_register_may_be_away_and_catches_up() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    witness.up = false;

    assertEquals(2, held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL)).registers());

    witness.up = true;
    assertEquals(3, held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(10), TTL)).registers());
    assertEquals(NOW.plusSeconds(40), LeaseEntry.read(witness).until());
  }

  @Test
  void two_registers_away_renew_nothing() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    witness.up = false;
    dr.up = false;

    Renewal.Failed failed =
        assertInstanceOf(Renewal.Failed.class, fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL));
    assertEquals("two of three registers must answer, got 1", failed.why());
    assertEquals(NOW.plus(TTL), LeaseEntry.read(primary).until());
  }

  @Test
  void until_never_decreases_within_an_epoch() {
    held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(4), TTL));
    held(fromPrimary.renew(PRIMARY, NOW, TTL));

    assertEquals(NOW.plusSeconds(34), fromPrimary.read().untilOf(PRIMARY));
  }

  @Test
  void taker_learns_when_the_former_holder_ends_and_waits_for_it() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    primary.up = false;

    LeaseView taken = fromDr.take(DR);

    assertTrue(taken.heldBy(DR));
    assertEquals(NOW.plus(TTL), taken.untilOfAnother(DR));
    Renewal.Failed early =
        assertInstanceOf(Renewal.Failed.class, fromDr.renew(DR, NOW.plusSeconds(37), TTL));
    assertEquals(
        "the former holder may write, so that the lease must be renewed from "
            + NOW.plusSeconds(38),
        early.why());
    assertEquals(2, held(fromDr.renew(DR, NOW.plusSeconds(38), TTL)).epoch());
  }

  @Test
  void former_holder_loses_a_lease_that_was_taken() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    fromDr.take(DR);

    assertEquals(new Renewal.Lost(DR, 2), fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL));
    assertEquals(NOW.plus(TTL), fromDr.read().untilOf(PRIMARY));
  }

  @Test
  void taker_that_got_one_register_gives_it_back() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    witness.writable = false;
    primary.writable = false;

    LedgerUnavailableException refused =
        assertThrows(LedgerUnavailableException.class, () -> fromDr.take(DR));

    assertEquals(
        "lease for us-east-2 must be taken in two of three registers, got 1 that took it",
        refused.getMessage());
    assertEquals(0, fromDr.read().registersOf(DR));
    witness.up = false;
    primary.writable = true;
    assertEquals(3, held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL)).epoch());
  }

  @Test
  void what_a_taker_left_in_one_register_costs_the_holder_that_register_only() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    LeaseEntry found = LeaseEntry.read(dr);
    dr.write(List.of(found.moved(DR, 2, fromDr.read(), false).orElseThrow().change()));

    assertEquals(2, held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL)).registers());
    assertTrue(fromDr.take(DR).heldBy(DR));
    assertEquals(NOW.plusSeconds(35), fromDr.read().untilOf(PRIMARY));
  }

  @Test
  void taker_without_a_majority_of_answers_takes_nothing() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    witness.up = false;
    primary.up = false;

    assertThrows(LedgerUnavailableException.class, () -> fromDr.take(DR));
    assertEquals(PRIMARY, LeaseEntry.read(dr).holder());
  }

  @Test
  void lease_that_was_not_used_goes_back_at_once() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    fromDr.take(DR);

    fromDr.take(PRIMARY);

    assertEquals(3, held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(1), TTL)).epoch());
  }

  @Test
  void lease_that_was_used_goes_back_when_it_has_run_out() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    fromDr.take(DR);
    held(fromDr.renew(DR, NOW.plusSeconds(40), TTL));

    fromDr.take(PRIMARY);

    Instant over = NOW.plusSeconds(78);
    assertInstanceOf(Renewal.Failed.class, fromPrimary.renew(PRIMARY, over.minusMillis(1), TTL));
    held(fromPrimary.renew(PRIMARY, over, TTL));
    assertInstanceOf(Renewal.Lost.class, fromDr.renew(DR, over, TTL));
  }

  /** Else the former holder would push its end in that register for as long as it lives. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void register_that_missed_the_take_is_not_renewed_and_taken_by_the_next(int missed) {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    Switched away = List.of(primary, dr, witness).get(missed);
    away.up = false;
    fromDr.take(DR);
    away.up = true;

    assertInstanceOf(Renewal.Lost.class, fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL));

    assertEquals(NOW.plus(TTL), fromDr.read().untilOf(PRIMARY), "pushed no more");
    assertEquals(3, fromDr.take(DR).registersOf(DR));
  }

  @Test
  void taking_what_is_held_changes_nothing() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    fromDr.take(DR);
    LeaseView before = fromDr.read();

    assertEquals(before, fromDr.take(DR));
    assertEquals(before, fromDr.read());
  }

  @Test
  void forced_lease_needs_the_own_register_alone_until_others_are_reached() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    witness.up = false;
    primary.up = false;

    fromDr.force(DR);

    assertInstanceOf(Renewal.Failed.class, fromDr.renew(DR, NOW.plusSeconds(37), TTL));
    assertEquals(1, held(fromDr.renew(DR, NOW.plusSeconds(38), TTL)).registers());
    assertTrue(fromDr.read().forcedBy(DR));

    witness.up = true;
    primary.up = true;
    assertEquals(3, held(fromDr.renew(DR, NOW.plusSeconds(40), TTL)).registers());
    held(fromDr.renew(DR, NOW.plusSeconds(45), TTL));
    assertFalse(fromDr.read().forcedBy(DR));
    assertInstanceOf(Renewal.Lost.class, fromPrimary.renew(PRIMARY, NOW.plusSeconds(45), TTL));
  }

  @Test
  void forced_lease_ends_where_another_region_was_given_it_since() {
    held(fromPrimary.renew(PRIMARY, NOW, TTL));
    dr.up = false;
    witness.up = false;
    fromPrimary.force(PRIMARY);
    held(fromPrimary.renew(PRIMARY, NOW.plusSeconds(5), TTL));
    dr.up = true;
    witness.up = true;
    primary.up = false;
    fromDr.take(DR);
    primary.up = true;

    assertInstanceOf(Renewal.Lost.class, fromPrimary.renew(PRIMARY, NOW.plusSeconds(10), TTL));
  }

  @Test
  void register_that_hangs_is_left_out() throws InterruptedException {
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch never = new CountDownLatch(1);
    witness.before =
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    LeaseRegisters bounded =
        new LeaseRegisters(primary, dr, witness, threads, Duration.ofMillis(200));

    assertEquals(2, held(bounded.renew(PRIMARY, NOW, TTL)).registers());

    never.countDown();
    threads.shutdown();
    assertTrue(threads.awaitTermination(5, TimeUnit.SECONDS));
  }

  @Test
  void fault_of_the_program_is_not_taken_for_a_register_that_is_away() {
    witness.before =
        () -> {
          throw new IllegalStateException("a fault");
        };

    assertThrows(IllegalStateException.class, fromDr::read);
  }

  /** Every order of calls that a seed makes up, with registers that come and go. */
  @Test
  void two_regions_never_hold_it_at_the_same_time() {
    int handovers = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      handovers += new LeaseRegistersTest().random(seed);
    }
    assertTrue(handovers > SEEDS, "handovers: " + handovers);
  }

  private int random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Instant> ends = new HashMap<>();
    String before = "";
    int handovers = 0;
    for (int second = 0; second < 400; second++) {
      Instant now = NOW.plusSeconds(second);
      for (Switched register : List.of(primary, dr, witness)) {
        register.up = random.nextInt(30) == 0 ? random.nextInt(3) > 0 : register.up;
        register.writable = random.nextInt(20) > 0;
      }
      if (random.nextInt(25) == 0) {
        String to = random.nextBoolean() ? PRIMARY : DR;
        LeaseRegisters taker = random.nextBoolean() ? fromPrimary : fromDr;
        try {
          taker.take(to);
        } catch (LedgerUnavailableException e) {
          // What it left behind is what this is about.
          assertFalse(e.getMessage().isEmpty());
        }
      }
      for (String region : List.of(PRIMARY, DR)) {
        // By what a clock may be off, either way.
        Instant clock = now.plusSeconds(region.equals(DR) ? 2 : -2);
        LeaseRegisters fleet = region.equals(DR) ? fromDr : fromPrimary;
        if (random.nextInt(4) == 0 && fleet.renew(region, clock, TTL) instanceof Renewal.Held) {
          ends.put(region, now.plus(TTL).plus(LeaseTiming.COMMIT));
          handovers += before.equals(region) ? 0 : 1;
          before = region;
        }
      }
      boolean both = ends.values().stream().filter(now::isBefore).count() > 1;
      assertFalse(both, "seed " + seed + " at " + second + " s");
    }
    return handovers;
  }

  private static Renewal.Held held(Renewal renewal) {
    return assertInstanceOf(Renewal.Held.class, renewal);
  }

  /** A register that can be away, or refuse writes. */
  private static final class Switched implements Ledger {

    private final InMemoryLedger ledger = new InMemoryLedger();
    private boolean up = true;
    private boolean writable = true;
    private Runnable before = () -> {};

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      before.run();
      answer(up);
      return ledger.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void write(List<LedgerChange> changes) {
      answer(up && writable);
      ledger.write(changes);
    }

    private static void answer(boolean answers) {
      if (!answers) {
        throw new LedgerUnavailableException("no answer", null);
      }
    }
  }
}
