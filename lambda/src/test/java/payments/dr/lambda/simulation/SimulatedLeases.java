package payments.dr.lambda.simulation;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import payments.dr.lambda.lease.MajorityLease;
import payments.dr.lambda.model.Site;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;
import payments.dr.ledger.LedgerUnavailableException;
import payments.dr.ledger.lease.LeaseRegisters;
import payments.dr.ledger.lease.LeaseTiming;
import payments.dr.ledger.lease.Renewal;

/**
 * Three registers, and the fleets that renew in them by production's own class. What a fleet got
 * ends by its database's clock, which was read before the renewal: no clock that is set counts.
 */
final class SimulatedLeases {

  static final MajorityLease.Regions REGIONS =
      new MajorityLease.Regions("us-east-1", "us-east-2", "us-east-2");

  private static final int TTL = (int) LeaseTiming.TTL.toSeconds();
  private static final int RENEW_EVERY = (int) LeaseTiming.RENEW_EVERY.toSeconds();

  /** What two clocks that are right may differ: each by as much, either way. */
  private static final int SKEW = 2 * (int) LeaseTiming.CLOCK_ERROR.toSeconds();

  private final Weather weather;
  private final Map<Site, Ledger> ledgers = new EnumMap<>(Site.class);
  private final Map<Site, LeaseRegisters> fleets = new EnumMap<>(Site.class);
  private final Map<Site, Integer> skew = new EnumMap<>(Site.class);
  private final Map<Site, Integer> until = new EnumMap<>(Site.class);
  private final LeaseRegisters all;

  SimulatedLeases(Weather weather, Ledger primary, long seed) {
    this.weather = weather;
    ledgers.put(Site.PRIMARY, primary);
    ledgers.put(Site.DR, new SimulatedLedger());
    ledgers.put(Site.UNKNOWN, new SimulatedLedger());
    SplittableRandom random = new SplittableRandom(seed);
    int controller = clock(random);
    for (Site fleet : List.of(Site.PRIMARY, Site.DR)) {
      fleets.put(fleet, registers(fleet, UnaryOperator.identity()));
      skew.put(fleet, clock(random) - controller);
      until.put(fleet, 0);
    }
    all =
        new LeaseRegisters(
            ledgers.get(Site.PRIMARY),
            ledgers.get(Site.DR),
            ledgers.get(Site.UNKNOWN),
            Runnable::run);
  }

  /** The registers as they are reached from a Region, its own first. */
  LeaseRegisters registers(Site from, UnaryOperator<Ledger> around) {
    Site other = from == Site.DR ? Site.PRIMARY : Site.DR;
    return new LeaseRegisters(
        around.apply(new Reached(from, from)),
        around.apply(new Reached(from, other)),
        around.apply(new Reached(from, Site.UNKNOWN)),
        Runnable::run);
  }

  /** Lets a fleet renew, if it is time. */
  void step(int now, Site fleet) {
    if (now % RENEW_EVERY > 0) {
      return;
    }
    Instant clock = SimulatedPorts.START.plusSeconds(now + skew.get(fleet));
    if (fleets.get(fleet).renew(name(fleet), clock, LeaseTiming.TTL) instanceof Renewal.Held) {
      until.put(fleet, now + TTL);
    }
  }

  boolean allows(Site site, int now) {
    return now < until.get(site);
  }

  boolean takenFromPrimary() {
    return all.read().registersOf(REGIONS.dr()) > 0;
  }

  private static int clock(SplittableRandom random) {
    return random.nextInt(SKEW + 1) - SKEW / 2;
  }

  private static String name(Site site) {
    return site == Site.DR ? REGIONS.dr() : REGIONS.primary();
  }

  /** A register over the network; the controller's writes may be refused everywhere. */
  private final class Reached implements Ledger {

    private final Site from;
    private final Site register;

    Reached(Site from, Site register) {
      this.from = from;
      this.register = register;
    }

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return reached(false).read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return reached(false).readAll(entity);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      reached(true).write(changes);
    }

    private Ledger reached(boolean writing) {
      boolean refused = writing && from == Site.DR && weather.on(SimulatedFault.REGISTERS);
      if (refused || !weather.reaches(from, register)) {
        throw new LedgerUnavailableException("the register gave no answer", null);
      }
      return ledgers.get(register);
    }
  }
}
