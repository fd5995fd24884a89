package payments.dr.ledger.lease;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the registers that answered say together.
 *
 * @param entries of the registers that answered, in their order
 * @param own of the caller's own Region's register; empty: it did not answer
 */
public record LeaseView(List<LeaseEntry> entries, Optional<LeaseEntry> own) {

  /** Two of three registers: any two of them share one with any other two. */
  public static final int MAJORITY = 2;

  public LeaseView {
    entries = List.copyOf(entries);
  }

  /** Returns whether enough registers answered to know anything. */
  public boolean isMajority() {
    return entries.size() >= MAJORITY;
  }

  /** Returns how many registers say that the Region holds the lease. */
  public int registersOf(String region) {
    return (int) entries.stream().filter(entry -> entry.heldBy(region)).count();
  }

  /** Returns whether nobody but this Region can renew the lease. */
  public boolean heldBy(String region) {
    return registersOf(region) >= MAJORITY;
  }

  /** Returns whether a human let this Region hold it with its own register alone. */
  public boolean forcedBy(String region) {
    return own.filter(entry -> entry.heldBy(region) && entry.forced()).isPresent()
        && overtaking(region) == 0;
  }

  /**
   * Returns the last moment at which this Region may write, by its own clock; {@link
   * Instant#EPOCH}: it never could. Means something of a majority only.
   */
  public Instant untilOf(String region) {
    return latest(entries.stream().map(entry -> entry.untilOf(region)));
  }

  /** Returns the same of the Region that is not this one. */
  public Instant untilOfAnother(String region) {
    return latest(entries.stream().map(entry -> entry.untilOfAnother(region)));
  }

  /** Returns the moment from which this Region may write as far as the other one is concerned. */
  Instant endOfAnother(String region) {
    return untilOfAnother(region).plus(LeaseTiming.MARGIN);
  }

  /** Returns the holder of the highest epoch; empty: nobody ever held the lease. */
  public Optional<String> holder() {
    return entries.stream()
        .filter(entry -> !entry.holder().isEmpty())
        .max(Comparator.comparingLong(LeaseEntry::epoch))
        .map(LeaseEntry::holder);
  }

  long highestEpoch() {
    return entries.stream().mapToLong(LeaseEntry::epoch).max().orElse(0);
  }

  /** Returns the other Region that has an entry, the newest if there are more. */
  Optional<String> former(String region) {
    return entries.stream()
        .filter(entry -> entry.heldByAnother(region))
        .max(Comparator.comparingLong(LeaseEntry::epoch))
        .map(LeaseEntry::holder);
  }

  /** The epoch under which a Region may renew; empty: it was not given the lease. */
  Optional<Long> epochOf(String region) {
    Optional<Long> mine =
        entries.stream()
            .filter(entry -> entry.heldBy(region))
            .map(LeaseEntry::epoch)
            .max(Comparator.naturalOrder());
    return mine.isEmpty() && registersOf("") >= MAJORITY ? Optional.of(highestEpoch() + 1) : mine;
  }

  /** How many registers say that another Region has it since this one was given it. */
  int overtaking(String region) {
    long mine = epochOf(region).orElse(-1L);
    return (int)
        entries.stream()
            .filter(entry -> entry.heldByAnother(region) && entry.epoch() >= mine)
            .count();
  }

  /** Returns whether a human gave it to another Region since this one was given it. */
  boolean forcedAgainst(String region) {
    long mine = epochOf(region).orElse(-1L);
    return entries.stream()
        .anyMatch(entry -> entry.heldByAnother(region) && entry.forced() && entry.epoch() > mine);
  }

  private static Instant latest(Stream<Instant> moments) {
    return moments.max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
  }
}
