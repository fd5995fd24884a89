package payments.dr.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MutexTest {

  private static final Holder ALICE = new Holder("alice@bastion pid 1", "migration v1-v2");
  private static final Holder BOB = new Holder("bob@laptop pid 2", "failover to us-east-2");
  private static final LedgerKey STEP = LedgerKey.of("MIGRATION#v1-v2");

  private final Ledger ledger = new InMemoryLedger();
  private final TestClock clock = new TestClock();
  private final Mutex mutex = new Mutex(ledger, clock, Duration.ofSeconds(30));

  @Test
  void second_holder_is_told_who_holds_it_since_when_and_until_when() {
    mutex.acquire(ALICE);
    clock.advance(Duration.ofSeconds(10));

    String message = assertThrows(MutexHeldException.class, () -> mutex.acquire(BOB)).getMessage();

    assertEquals(
        "mutex of the environment must be free, got held by alice@bastion pid 1 (migration v1-v2)"
            + " since 2026-01-01T00:00:00Z until 2026-01-01T00:00:30Z, epoch 1; what a dead holder"
            + " leaves runs out by itself",
        message);
  }

  @Test
  void one_of_many_contenders_gets_it() throws Exception {
    Callable<Boolean> contender =
        () -> {
          try {
            mutex.acquire(ALICE);
            return true;
          } catch (MutexHeldException e) {
            return false;
          }
        };
    var pool = Executors.newFixedThreadPool(8);
    try {
      int winners = 0;
      for (Future<Boolean> outcome : pool.invokeAll(Collections.nCopies(50, contender))) {
        winners += outcome.get() ? 1 : 0;
      }
      assertEquals(1, winners);
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void given_back_it_is_free_and_the_epoch_grows() {
    Lease first = mutex.acquire(ALICE);
    first.close();
    assertEquals(Optional.empty(), mutex.holding());

    Lease second = mutex.acquire(BOB);

    assertTrue(second.epoch() > first.epoch());
    first.close();
    assertEquals(BOB, mutex.holding().orElseThrow().holder());
  }

  @Test
  void dead_holder_is_taken_over_after_its_time_and_a_clock_difference() {
    Lease dead = mutex.acquire(ALICE);
    clock.advance(Duration.ofSeconds(35));
    assertThrows(MutexHeldException.class, () -> mutex.acquire(BOB));
    clock.advance(Duration.ofMillis(1));

    Lease next = mutex.acquire(BOB);

    assertTrue(next.epoch() > dead.epoch());
    assertThrows(LeaseLostException.class, dead::check);
    next.check();
  }

  @Test
  void renewed_lease_is_not_taken_over() {
    Lease lease = mutex.acquire(ALICE);
    for (int i = 0; i < 10; i++) {
      clock.advance(Duration.ofSeconds(29));
      lease.renew();
    }

    lease.check();
    assertThrows(MutexHeldException.class, () -> mutex.acquire(BOB));
    assertEquals(clock.instant().plusSeconds(30), mutex.holding().orElseThrow().until());
  }

  @Test
  void holder_that_renews_in_the_moment_of_a_takeover_keeps_it() {
    Lease slow = mutex.acquire(ALICE);
    clock.advance(Duration.ofMinutes(1));
    Mutex racing =
        new Mutex(
            new ForwardingLedger(ledger) {
              @Override
              public void write(List<LedgerChange> changes) {
                slow.renew();
                super.write(changes);
              }
            },
            clock,
            Duration.ofSeconds(30));

    assertThrows(MutexHeldException.class, () -> racing.acquire(BOB));

    slow.check();
  }

  @Test
  void lease_that_ran_out_says_so_before_anybody_took_it() {
    Lease lease = mutex.acquire(ALICE);
    clock.advance(Duration.ofSeconds(30));

    String message = assertThrows(LeaseLostException.class, lease::check).getMessage();

    assertEquals(
        "lease of epoch 1 must be renewed in time, ran out at 2026-01-01T00:00:30Z", message);
  }

  @Test
  void preempted_holder_writes_nothing_more_and_is_told_who_took_it() {
    Lease cutover = mutex.acquire(ALICE);
    cutover.write(List.of(LedgerChange.create(STEP, Map.of("step", "FENCE"))));
    LedgerEntry step = ledger.read(STEP).orElseThrow();

    Lease failover = mutex.preempt(BOB);

    List<LedgerChange> next = List.of(LedgerChange.update(step, Map.of("step", "DRAIN")));
    String message = assertThrows(LeaseLostException.class, () -> cutover.write(next)).getMessage();
    assertEquals(
        "lease of epoch 1 must still be held, got taken by bob@laptop pid 2 (failover to us-east-2)"
            + " since 2026-01-01T00:00:00Z until 2026-01-01T00:00:30Z, epoch 2",
        message);
    assertEquals(step, ledger.read(STEP).orElseThrow());
    assertThrows(LeaseLostException.class, cutover::renew);
    assertThrows(LeaseLostException.class, cutover::check);
    cutover.close();
    failover.write(next);
    failover.check();
  }

  @Test
  void renewal_neither_ends_a_lease_nor_hinders_a_preemption() {
    Lease cutover = mutex.acquire(ALICE);
    Mutex racing =
        new Mutex(
            new ForwardingLedger(ledger) {
              private boolean raced;

              @Override
              public void write(List<LedgerChange> changes) {
                if (!raced) {
                  raced = true;
                  cutover.renew();
                }
                super.write(changes);
              }
            },
            clock,
            Duration.ofSeconds(30));

    assertEquals(2, racing.preempt(BOB).epoch());
  }

  @Test
  void conflict_of_a_holder_is_no_loss_of_its_lease() {
    Lease lease = mutex.acquire(ALICE);
    lease.write(List.of(LedgerChange.create(STEP, Map.of())));

    assertThrows(
        LedgerConflictException.class,
        () -> lease.write(List.of(LedgerChange.create(STEP, Map.of()))));

    lease.check();
  }

  @Test
  void renewer_keeps_it_until_closed() throws InterruptedException {
    Mutex real = new Mutex(ledger, InstantSource.system(), Duration.ofMillis(1500));
    try (LeaseRenewer renewer = LeaseRenewer.start(real.acquire(ALICE))) {
      Thread.sleep(2000);
      renewer.lease().check();
    }
    assertEquals(Optional.empty(), real.holding());
  }

  /** Lets a test step in between. */
  private static class ForwardingLedger implements Ledger {

    private final Ledger inner;

    ForwardingLedger(Ledger inner) {
      this.inner = inner;
    }

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return inner.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return inner.readAll(entity);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      inner.write(changes);
    }
  }
}
