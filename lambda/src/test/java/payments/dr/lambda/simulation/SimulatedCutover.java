package payments.dr.lambda.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import payments.dr.lambda.model.Phase;
import payments.dr.ledger.DataRecord;
import payments.dr.ledger.Holder;
import payments.dr.ledger.Lease;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerException;
import payments.dr.ledger.Mutex;

/** Somebody moves the data from v1 to v2, as that command does: under the mutex, step by step. */
final class SimulatedCutover {

  private static final Holder HOLDER = new Holder("somebody", "migration v1-v2");

  private final World world;
  private final Ledger ledger;
  private final Mutex mutex;
  private final int begin;
  private final int pointOfNoReturn;
  private Lease lease;
  private boolean over;

  /**
   * @param pointOfNoReturn seconds after {@code begin}
   */
  SimulatedCutover(World world, Ledger ledger, int begin, int pointOfNoReturn) {
    this.world = world;
    this.ledger = ledger;
    this.begin = begin;
    this.pointOfNoReturn = pointOfNoReturn;
    mutex = new Mutex(ledger, this::clock, Duration.ofSeconds(30));
  }

  private Instant clock() {
    return SimulatedPorts.START.plusSeconds(world.now());
  }

  void step(Phase phase) {
    if (over || world.now() < begin) {
      return;
    }
    try {
      if (world.now() == begin) {
        start(phase);
      } else if (world.now() < begin + pointOfNoReturn) {
        renew();
      } else if (world.now() == begin + pointOfNoReturn) {
        lease.write(List.of(DataRecord.read(ledger).orElseThrow().moved(clock())));
      } else if (world.now() == begin + pointOfNoReturn + 5) {
        lease.write(List.of(DataRecord.read(ledger).orElseThrow().end(clock())));
        lease.close();
        over = true;
      }
    } catch (LedgerException e) {
      over = true;
    }
  }

  private void renew() {
    if (world.now() % 10 == 0) {
      lease.renew();
    }
  }

  private void start(Phase phase) {
    if (phase != Phase.STEADY) {
      over = true;
      return;
    }
    lease = mutex.acquire(HOLDER);
    DataRecord data = DataRecord.read(ledger).orElseThrow();
    lease.write(List.of(data.begin(new DataRecord.Cutover("v1-v2", "v2", "0a"), clock())));
  }
}
