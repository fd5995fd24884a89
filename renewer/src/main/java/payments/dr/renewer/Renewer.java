package payments.dr.renewer;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.ledger.lease.Renewal;

/**
 * Renews the lease of one Region, and opens the databases that the Region writes.
 *
 * <p>Why a process that is frozen at any point opens nothing too late: the end is counted from a
 * look at the database's clock that comes before the renewal, and is a moment, not a duration.
 * Whatever comes late sets an end that is past. And the end that the registers know is later than
 * that of the database, so who waits for the one waits for the other.
 */
public final class Renewer {

  private final String region;
  private final LeaseRegisters registers;
  private final Supplier<Duration> clockError;
  private final Supplier<List<? extends Belt>> belts;
  private final Duration ttl;
  private final InstantSource clock;
  private final LongSupplier nanoTime;
  private boolean clockMeasured;

  /**
   * Makes a renewer that holds nothing.
   *
   * @param region of this instance, such as {@code us-east-1}
   * @param clockError how far this machine's clock may be off, by the registers' answers
   * @param belts of each deployed generation of the database
   * @param ttl how long a renewal lasts; {@link LeaseTiming#TTL} but for tests
   * @param nanoTime {@link System#nanoTime} but for tests
   */
  public Renewer(
      String region,
      LeaseRegisters registers,
      Supplier<Duration> clockError,
      Supplier<List<? extends Belt>> belts,
      Duration ttl,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.region = region;
    this.registers = registers;
    this.clockError = clockError;
    this.belts = belts;
    this.ttl = ttl;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /** Renews once. What fails is told, and tried again by the next round. */
  public Round round() {
    List<String> told = new ArrayList<>();
    Map<Belt, Long> writers = writers(told);
    if (writers.isEmpty()) {
      return new Round(false, 0, said(told, "no database to open"));
    }
    if (!clockIsRight()) {
      return ofWrongClock();
    }
    Renewal renewal = registers.renew(region, clock.instant(), ttl);
    // Its answers told the time anew: who set the clock meanwhile told the registers a wrong end.
    if (!clockIsRight()) {
      return ofWrongClock();
    }
    if (renewal instanceof Renewal.Held held) {
      writers.forEach((belt, before) -> open(belt, before, held, told));
      return new Round(
          true,
          held.registers(),
          said(
              told,
              "renewed under epoch %d by %d registers".formatted(held.epoch(), held.registers())));
    }
    return new Round(true, 0, said(told, why(renewal)));
  }

  private static Round ofWrongClock() {
    return new Round(
        true,
        0,
        "not renewed: this machine's clock must be right to %d s by the answers of two registers"
            .formatted(LeaseTiming.CLOCK_ERROR.toSeconds()));
  }

  /** Before the first answers nobody knows; later ones are some seconds old. */
  private boolean clockIsRight() {
    clockMeasured = clockMeasured || registers.read().isMajority();
    return clockMeasured && clockError.get().compareTo(LeaseTiming.CLOCK_ERROR) <= 0;
  }

  /** The databases that this Region writes, with their clocks. */
  private Map<Belt, Long> writers(List<String> told) {
    Map<Belt, Long> writers = new LinkedHashMap<>();
    for (Belt belt : belts.get()) {
      try {
        belt.clock().ifPresent(now -> writers.put(belt, now));
      } catch (SQLException e) {
        told.add("database %s does not answer: %s".formatted(belt.name(), e.getMessage()));
      }
    }
    return writers;
  }

  private void open(Belt belt, long before, Renewal.Held held, List<String> told) {
    if (nanoTime.getAsLong() - held.deadline() >= 0) {
      told.add("database %s not opened: the renewal ran out meanwhile".formatted(belt.name()));
      return;
    }
    try {
      belt.extend(region, held.epoch(), before + ttl.toMillis());
    } catch (SQLException e) {
      told.add("database %s not opened: %s".formatted(belt.name(), e.getMessage()));
    }
  }

  private static String why(Renewal renewal) {
    if (renewal instanceof Renewal.Lost lost) {
      return "not renewed: %s holds the lease since epoch %d"
          .formatted(lost.holder(), lost.epoch());
    }
    return "not renewed: " + ((Renewal.Failed) renewal).why();
  }

  private static String said(List<String> told, String last) {
    told.add(last);
    return String.join("; ", told);
  }
}
