package payments.dr.operations.migration.cutover;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import payments.dr.ledger.Audit;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.operations.console.BadInputException;

/** The journal of one migration in the environment's ledger, with an audit row for every save. */
public final class LedgerJournal implements Journal {

  private final Ledger ledger;
  private final Lease lease;
  private final Holder holder;
  private final InstantSource clock;
  private final String id;
  private final String planHash;

  /**
   * Makes the journal of one migration.
   *
   * @param id such as {@code v1-v2}
   * @param planHash of the saved plan that moves the pointer
   */
  public LedgerJournal(
      Ledger ledger, Lease lease, Holder holder, InstantSource clock, String id, String planHash) {
    this.ledger = ledger;
    this.lease = lease;
    this.holder = holder;
    this.clock = clock;
    this.id = id;
    this.planHash = planHash;
  }

  /** Reads the record without a lease, for those who only look. */
  public static Optional<MigrationRecord> read(Ledger ledger, String id) {
    return ledger.read(key(id)).map(entry -> MigrationRecord.of(entry.values()));
  }

  @Override
  public Optional<MigrationRecord> read() {
    return read(ledger, id);
  }

  @Override
  public void save(MigrationRecord next, DataChange data) {
    Instant now = clock.instant();
    Optional<LedgerEntry> current = ledger.read(key(id));
    List<LedgerChange> changes =
        new ArrayList<>(
            Audit.with(
                "migration-" + id,
                LedgerChange.put(key(id), current, next.values()),
                now,
                holder,
                (next.label() + " " + next.step()).strip()));
    change(next, data, now).ifPresent(changes::add);
    lease.write(changes);
  }

  @Override
  public void check() {
    lease.check();
  }

  private Optional<LedgerChange> change(MigrationRecord next, DataChange data, Instant now) {
    if (data == DataChange.NONE) {
      return Optional.empty();
    }
    DataRecord record =
        DataRecord.read(ledger)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "ledger must know where the data is: run ./dr database init first"));
    return Optional.of(
        switch (data) {
          case BEGIN -> record.begin(new DataRecord.Cutover(id, next.target(), planHash), now);
          case MOVE -> record.moved(now);
          case END -> record.end(now);
          case NONE ->
              throw new IllegalArgumentException(
                  "change of the data must be one of BEGIN, MOVE, END, got NONE");
        });
  }

  private static LedgerKey key(String id) {
    return LedgerKey.of("MIGRATION#" + id);
  }
}
