package payments.dr.ledger.lease;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * What one register knows of the lease: the entry {@code LEASE} of a ledger. Its epoch never
 * decreases, and neither does what it knows of either Region's end: every write is conditional on
 * the version that it was made of.
 *
 * @param version of the entry that this was read from; 0: the register holds none yet
 * @param holder name of the Region that holds it, such as {@code us-east-1}; empty: nobody ever did
 * @param epoch one more whenever it changes hands
 * @param until the end of the holder's newest renewal, by the clock of its renewer; {@link
 *     Instant#EPOCH}: it never renewed
 * @param formerUntil the same of the other Region, which had it before
 * @param forced whether a human lets the holder write with this register alone
 */
public record LeaseEntry(
    long version, String holder, long epoch, Instant until, Instant formerUntil, boolean forced) {

  public static final LedgerKey KEY = LedgerKey.of("LEASE");

  private static final LeaseEntry NONE =
      new LeaseEntry(0, "", 0, Instant.EPOCH, Instant.EPOCH, false);

  /**
   * Reads a register.
   *
   * @throws payments.dr.ledger.LedgerUnavailableException when there is no answer
   */
  public static LeaseEntry read(Ledger register) {
    return register.read(KEY).map(LeaseEntry::of).orElse(NONE);
  }

  /** Returns whether this Region holds it, as far as this register knows. */
  public boolean heldBy(String region) {
    return holder.equals(region);
  }

  boolean heldByAnother(String region) {
    return !holder.isEmpty() && !holder.equals(region);
  }

  /** Returns the end of this Region's newest renewal. */
  Instant untilOf(String region) {
    return heldBy(region) ? until : formerUntil;
  }

  /** Returns the end of the newest renewal of the Region that is not this one. */
  Instant untilOfAnother(String region) {
    return heldBy(region) ? formerUntil : until;
  }

  /**
   * Returns the entry after a renewal; empty when this register must not take it: another Region
   * was given the lease since, or may still write.
   *
   * @param last end of the renewal
   * @param stillForced whether no majority knows of the holder yet
   */
  Optional<LeaseEntry> renewed(
      String region, long under, Instant now, Instant last, boolean stillForced) {
    boolean overtaken = heldByAnother(region) ? epoch >= under : epoch > under;
    Instant another = untilOfAnother(region);
    if (overtaken || now.isBefore(another.plus(LeaseTiming.MARGIN))) {
      return Optional.empty();
    }
    boolean alone = heldBy(region) && forced && stillForced;
    return Optional.of(
        new LeaseEntry(version, region, under, later(untilOf(region), last), another, alone));
  }

  /**
   * Returns the entry that makes another Region the holder; empty when a newer epoch stands here.
   *
   * @param seen what the registers said together: this one may not know of the last renewal
   */
  Optional<LeaseEntry> moved(String to, long under, LeaseView seen, boolean force) {
    return epoch > under
        ? Optional.empty()
        : Optional.of(
            new LeaseEntry(
                version,
                to,
                under,
                later(untilOf(to), seen.untilOf(to)),
                later(untilOfAnother(to), seen.untilOfAnother(to)),
                force));
  }

  /** Returns the same once it is written. */
  LeaseEntry written() {
    return new LeaseEntry(version + 1, holder, epoch, until, formerUntil, forced);
  }

  /** Returns the write that makes this of the version that it names. */
  LedgerChange change() {
    Map<String, String> values = new HashMap<>();
    values.put("holder", holder);
    values.put("epoch", Long.toString(epoch));
    values.put("until", Long.toString(until.toEpochMilli()));
    values.put("formerUntil", Long.toString(formerUntil.toEpochMilli()));
    if (forced) {
      values.put("forced", "true");
    }
    return new LedgerChange(KEY, version, values);
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static LeaseEntry of(LedgerEntry entry) {
    Map<String, String> values = entry.values();
    return new LeaseEntry(
        entry.version(),
        values.get("holder"),
        Long.parseLong(values.get("epoch")),
        moment(values.get("until")),
        moment(values.get("formerUntil")),
        Boolean.parseBoolean(values.get("forced")));
  }

  private static Instant moment(String milliseconds) {
    return Instant.ofEpochMilli(Long.parseLong(milliseconds));
  }
}
