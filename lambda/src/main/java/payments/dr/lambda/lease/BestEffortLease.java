package payments.dr.lambda.lease;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.lambda.model.Incident;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.port.PortException;
import payments.dr.lambda.port.WriterLease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.LedgerKey;

/**
 * Tells the application in the primary Region to stop writing, through an entry of that Region's
 * own ledger. Proves nothing: the application may not read it, or the Region not be reachable.
 */
public final class BestEffortLease implements WriterLease {

  /** The entry that applications poll, and its value that stops them. */
  public static final LedgerKey KEY = LedgerKey.of("WRITES");

  private static final String WRITES = "writes";
  private static final String OFF = "off";

  private final Ledger primary;

  /**
   * Makes the lease by an entry of the ledger.
   *
   * @param primary the ledger in the primary Region
   */
  public BestEffortLease(Ledger primary) {
    this.primary = primary;
  }

  /** Returns whether an application that reads {@code entry} must not write. */
  public static boolean stops(Optional<LedgerEntry> entry) {
    return entry.filter(writes -> OFF.equals(writes.values().get(WRITES))).isPresent();
  }

  @Override
  public LeaseReading read() {
    try {
      return new LeaseReading.Unproven(stops(primary.read(KEY)));
    } catch (LedgerException e) {
      return new LeaseReading.Unproven(false);
    }
  }

  @Override
  public void take(Incident incident) {
    put(Map.of(WRITES, OFF, "incident", incident.id()));
  }

  @Override
  public void release() {
    put(Map.of(WRITES, "on"));
  }

  @Override
  public void force(Incident incident) {}

  private void put(Map<String, String> values) {
    try {
      primary.write(List.of(LedgerChange.put(KEY, primary.read(KEY), values)));
    } catch (LedgerException e) {
      throw new PortException("writes in the primary Region could not be switched", e);
    }
  }
}
