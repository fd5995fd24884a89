package payments.dr.lambda.loop;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.port.AuditArchive;
import payments.dr.lambda.port.PortException;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerConflictException;
import payments.dr.ledger.LedgerEntry;

/**
 * Brings rows of the audit trail from the ledger into the archive, beside the ticks and after them:
 * no decision waits for it or sees it. A checkpoint in the ledger tells how far it came, so that
 * whatever it dies of, and however long the archive is away, the next run goes on from there.
 *
 * <p>Rows lead back only, so it walks from the newest to what is exported already. Several may walk
 * at once: the archive takes each row once, and of two that move the checkpoint one gives way.
 *
 * @param limit after which a run begins no further row
 */
public record AuditExport(Ledger ledger, AuditArchive archive, InstantSource clock, Duration limit)
    implements Runnable {

  /** Between two runs: what the archive may lag behind, and three ticks of the controller. */
  public static final Duration PACE = Duration.ofSeconds(15);

  /**
   * Some 40 rows. With one last row, of at most six calls of 2 s, a run that begins 120 s after the
   * start of its invocation is over before AWS Lambda ends that after 140 s.
   */
  public static final Duration LIMIT = Duration.ofSeconds(2);

  /**
   * Exports the rows that the archive does not have yet.
   *
   * @throws PortException when the archive took a row not in time
   * @throws payments.dr.ledger.LedgerException when the ledger gave no answer
   */
  @Override
  public void run() {
    Instant end = clock.instant().plus(limit);
    for (ExportedChain chain : ExportedChain.values()) {
      boolean more = true;
      while (more && clock.instant().isBefore(end)) {
        more = step(chain);
      }
    }
  }

  /** Exports one row; returns whether another may follow. */
  private boolean step(ExportedChain chain) {
    Optional<LedgerEntry> checkpoint = ledger.read(chain.checkpoint());
    ExportProgress progress =
        checkpoint.map(entry -> ExportProgress.of(entry.values())).orElse(ExportProgress.NONE);
    if (progress.isOver()) {
      String newest = chain.newest(ledger);
      if (newest.equals(progress.done())) {
        return false;
      }
      progress = progress.from(newest);
    }
    ExportProgress moved = export(chain, progress);
    try {
      ledger.write(List.of(LedgerChange.put(chain.checkpoint(), checkpoint, moved.values())));
      return true;
    } catch (LedgerConflictException e) {
      return false;
    }
  }

  private ExportProgress export(ExportedChain chain, ExportProgress progress) {
    RowName wanted = RowName.of(progress.next());
    Optional<LedgerEntry> row = ExportedChain.row(ledger, wanted);
    if (row.isEmpty()) {
      return progress.finished();
    }
    RowName found = RowName.of(wanted.incident(), row.get());
    if (found.toString().equals(progress.done())) {
      return progress.finished();
    }
    archive.keep(found.incident(), found.version(), row.get().values());
    String previous = chain.before(found, row.get());
    // A forged row must not lead round in circles.
    boolean back = previous.isEmpty() || RowName.of(previous).version() < found.version();
    return back ? progress.before(previous) : progress.finished();
  }
}
