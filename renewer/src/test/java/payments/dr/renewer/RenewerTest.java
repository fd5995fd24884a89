package payments.dr.renewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import payments.dr.ledger.InMemoryLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;

class RenewerTest {

  private static final String PRIMARY = "us-east-1";
  private static final String DR = "us-east-2";

  /** How far the database's clock is ahead of the machine's: it does not matter. */
  private static final Duration AHEAD = Duration.ofMinutes(7);

  private final Switched primary = new Switched();
  private final Switched dr = new Switched();
  private final Switched witness = new Switched();
  private final LeaseRegisters registers = new LeaseRegisters(primary, dr, witness, Runnable::run);
  private final FakeBelt v1 = new FakeBelt("v1");
  private final List<FakeBelt> belts = new ArrayList<>(List.of(v1));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Duration clockError = Duration.ZERO;

  /** By which frozen time passes in the program's own clock. */
  private long passed;

  private final Renewer renewer =
      new Renewer(
          PRIMARY,
          registers,
          () -> clockError,
          () -> belts,
          LeaseTiming.TTL,
          () -> now,
          () -> System.nanoTime() + passed);

  @Test
  void a_renewal_opens_the_database_for_its_own_length_from_before_it_on() {
    Round round = renewer.round();

    assertEquals(new Round(true, 3, "renewed under epoch 1 by 3 registers"), round);
    assertTrue(round.renewed());
    assertEquals(
        List.of(
            new Opened(PRIMARY, 1, now.plus(AHEAD).plus(Duration.ofSeconds(30)).toEpochMilli())),
        v1.opened);
    assertEquals(now.plusSeconds(30), registers.read().untilOf(PRIMARY));
  }

  @Test
  void one_register_away_is_told_and_costs_nothing() {
    renewer.round();
    dr.up = false;

    Round round = renewer.round();

    assertEquals(new Round(true, 2, "renewed under epoch 1 by 2 registers"), round);
    assertEquals(2, v1.opened.size());
  }

  @Test
  void two_registers_away_extend_nothing() {
    renewer.round();
    dr.up = false;
    witness.up = false;

    Round round = renewer.round();

    assertEquals(
        new Round(true, 0, "not renewed: two of three registers must answer, got 1"), round);
    assertFalse(round.renewed());
    assertEquals(1, v1.opened.size());
  }

  @Test
  void a_taken_lease_is_renewed_no_more_and_opens_nothing() {
    renewer.round();
    new LeaseRegisters(dr, primary, witness, Runnable::run).take(DR);

    for (int i = 0; i < 3; i++) {
      now = now.plusSeconds(60);
      assertEquals(
          new Round(true, 0, "not renewed: us-east-2 holds the lease since epoch 2"),
          renewer.round());
    }
    assertEquals(1, v1.opened.size());
    assertTrue(registers.read().heldBy(DR));
  }

  @Test
  void a_lease_that_is_given_back_is_renewed_again() {
    renewer.round();
    LeaseRegisters controller = new LeaseRegisters(dr, primary, witness, Runnable::run);
    controller.take(DR);
    renewer.round();
    controller.take(PRIMARY);

    assertEquals("renewed under epoch 3 by 3 registers", renewer.round().state());
    assertEquals(3, v1.opened.get(1).epoch());
  }

  /** What a process does that thaws between its look at the database and the renewal. */
  @Test
  void frozen_before_the_renewal_it_opens_nothing_beyond_the_look() {
    long look = now.plus(AHEAD).toEpochMilli();
    v1.afterClock = () -> now = now.plusSeconds(40);

    renewer.round();

    assertEquals(look + 30_000, v1.opened.get(0).untilMillis());
    assertTrue(v1.opened.get(0).untilMillis() < now.plus(AHEAD).toEpochMilli());
    assertEquals(now.plusSeconds(30), registers.read().untilOf(PRIMARY));
  }

  /** The belt closes no later than what a taker waits for. */
  @Test
  void frozen_between_look_and_renewal_it_never_outlives_what_the_registers_know() {
    for (int frozen = 0; frozen < 60; frozen += 7) {
      int seconds = frozen;
      v1.afterClock = () -> now = now.plusSeconds(seconds);
      renewer.round();
      Opened last = v1.opened.get(v1.opened.size() - 1);
      assertTrue(
          last.untilMillis() - AHEAD.toMillis()
              <= registers.read().untilOf(PRIMARY).toEpochMilli());
    }
  }

  @Test
  void frozen_after_the_renewal_it_opens_nothing() {
    dr.afterWrite = () -> passed = Duration.ofSeconds(31).toNanos();

    Round round = renewer.round();

    assertEquals(
        "database v1 not opened: the renewal ran out meanwhile;"
            + " renewed under epoch 1 by 3 registers",
        round.state());
    assertEquals(List.of(), v1.opened);
  }

  @Test
  void a_database_that_another_region_writes_asks_for_no_renewal() {
    v1.writes = false;

    assertEquals(new Round(false, 0, "no database to open"), renewer.round());
    assertEquals(0, primary.calls + dr.calls + witness.calls);
  }

  @Test
  void a_database_that_is_away_asks_for_none_either() {
    v1.up = false;

    assertEquals(
        new Round(false, 0, "database v1 does not answer: refused; no database to open"),
        renewer.round());
    assertEquals(0, primary.calls);
  }

  @Test
  void both_generations_are_opened_each_by_its_own_clock() {
    FakeBelt v2 = new FakeBelt("v2");
    v2.ahead = Duration.ofSeconds(-3);
    belts.add(v2);

    renewer.round();

    assertEquals(1, v1.opened.size());
    assertEquals(now.plusSeconds(27).toEpochMilli(), v2.opened.get(0).untilMillis());
  }

  @Test
  void one_generation_that_is_away_or_refuses_keeps_the_other_from_nothing() {
    FakeBelt v2 = new FakeBelt("v2");
    belts.add(v2);
    v1.up = false;

    assertEquals(
        "database v1 does not answer: refused; renewed under epoch 1 by 3 registers",
        renewer.round().state());
    assertEquals(1, v2.opened.size());

    v1.up = true;
    v1.refuses = true;
    assertEquals(
        "database v1 not opened: epoch too low; renewed under epoch 1 by 3 registers",
        renewer.round().state());
    assertEquals(2, v2.opened.size());
  }

  @Test
  void a_clock_that_is_off_neither_renews_nor_opens() {
    clockError = Duration.ofMillis(2001);

    Round round = renewer.round();

    assertEquals(
        "not renewed: this machine's clock must be right to 2 s by the answers of two registers",
        round.state());
    assertEquals(List.of(), v1.opened);
    assertEquals(Optional.empty(), registers.read().holder());

    clockError = Duration.ofSeconds(2);
    assertTrue(renewer.round().renewed());
  }

  /** The answers to a renewal tell that the clock was set since those of the round before. */
  @Test
  void a_clock_that_was_set_before_the_renewal_opens_nothing() {
    renewer.round();
    witness.afterWrite = () -> clockError = Duration.ofMillis(2001);
    now = now.minusSeconds(20);

    Round round = renewer.round();

    assertEquals(
        "not renewed: this machine's clock must be right to 2 s by the answers of two registers",
        round.state());
    assertEquals(1, v1.opened.size());
  }

  /** Whose clock nobody told yet might be off. */
  @Test
  void nothing_is_renewed_before_two_registers_answered_once() {
    dr.up = false;
    witness.up = false;

    assertFalse(renewer.round().renewed());
    assertEquals(0, primary.writes);

    dr.up = true;
    assertTrue(renewer.round().renewed());
  }

  @Test
  void colleagues_of_a_region_renew_one_lease() {
    FakeBelt seenByAnother = new FakeBelt("v1");
    Renewer colleague =
        new Renewer(
            PRIMARY,
            registers,
            () -> Duration.ZERO,
            () -> List.of(seenByAnother),
            LeaseTiming.TTL,
            () -> now,
            System::nanoTime);

    renewer.round();
    now = now.plusSeconds(2);
    assertEquals("renewed under epoch 1 by 3 registers", colleague.round().state());
    now = now.plusSeconds(3);
    assertEquals("renewed under epoch 1 by 3 registers", renewer.round().state());
  }

  private record Opened(String holder, long epoch, long untilMillis) {}

  private final class FakeBelt implements Belt {

    private final String name;
    private final List<Opened> opened = new ArrayList<>();
    private Duration ahead = AHEAD;
    private boolean writes = true;
    private boolean up = true;
    private boolean refuses;
    private Runnable afterClock = () -> {};

    FakeBelt(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public OptionalLong clock() throws SQLException {
      if (!up) {
        throw new SQLException("refused");
      }
      long read = now.plus(ahead).toEpochMilli();
      afterClock.run();
      return writes ? OptionalLong.of(read) : OptionalLong.empty();
    }

    @Override
    public void extend(String holder, long epoch, long untilMillis) throws SQLException {
      if (refuses) {
        throw new SQLException("epoch too low");
      }
      opened.add(new Opened(holder, epoch, untilMillis));
    }
  }

  /** A register that can be away. */
  private static final class Switched implements Ledger {

    private final Ledger ledger = new InMemoryLedger();
    private boolean up = true;
    private int calls;
    private int writes;
    private Runnable afterWrite = () -> {};

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      answer();
      return ledger.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      answer();
      return ledger.readAll(entity);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      answer();
      writes++;
      ledger.write(changes);
      afterWrite.run();
    }

    private void answer() {
      calls++;
      if (!up) {
        throw new LedgerUnavailableException("away", null);
      }
    }
  }
}
