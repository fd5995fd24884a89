package payments.dr.lambda.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import payments.dr.lambda.loop.Tick;
import payments.dr.lambda.model.Activity;
import payments.dr.lambda.model.ControlState;
import payments.dr.lambda.model.EngineVersions;
import payments.dr.lambda.model.Health;
import payments.dr.lambda.model.LeaseReading;
import payments.dr.lambda.model.Observation;
import payments.dr.lambda.model.Phase;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Presence;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.model.State;
import payments.dr.lambda.port.Act;
import payments.dr.lambda.port.Decision;
import payments.dr.lambda.rules.Decider;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.LedgerChange;
import payments.dr.ledger.LedgerEntry;
import payments.dr.ledger.LedgerKey;

/**
 * Faults sown into the controller from outside, to prove that the invariants bite. Production code
 * knows none of them.
 */
enum Mutant {
  /** Production as it is. */
  UNHARMED,
  /** One signal is enough. */
  ANY_VOTE {
    @Override
    Observation seen(Observation seen, State state) {
      boolean any = seen.external() == Health.DOWN || seen.peer() == Health.DOWN;
      return any ? votes(seen, Health.DOWN, Health.DOWN) : seen;
    }
  },
  /** What cannot be seen counts as down. */
  UNKNOWN_IS_DOWN {
    @Override
    Observation seen(Observation seen, State state) {
      return votes(
          seen,
          seen.external() == Health.UNKNOWN ? Health.DOWN : seen.external(),
          seen.peer() == Health.UNKNOWN ? Health.DOWN : seen.peer());
    }
  },
  /** A blip is enough. */
  NO_CONFIRMATION {
    @Override
    Policy policy(Policy policy) {
      return MutantPolicies.confirming(policy, Duration.ZERO);
    }
  },
  /** Whoever writes last wins. */
  NO_SWAP {
    @Override
    Ledger ledger(Ledger ledger) {
      return new Overwriting(ledger);
    }
  },
  /** The latch is set once and never looked after. */
  EDGE_TRIGGERED_LATCH {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      return without(decision, Act.Latch.class, Phase.FAILED_OVER);
    }
  },
  /** Nobody listens to PAUSE. */
  PAUSE_IGNORED {
    @Override
    ControlState control(ControlState control) {
      return new ControlState(false, control.order());
    }
  },
  /** Nobody waits between two failovers. */
  NO_COOL_DOWN {
    @Override
    Policy policy(Policy policy) {
      return MutantPolicies.coolingDown(policy, Duration.ZERO);
    }
  },
  /** Customers are sent before the writer is there. */
  ROUTING_BEFORE_PROMOTION {
    @Override
    Observation seen(Observation seen, State state) {
      boolean early =
          state.phase() == Phase.PREPARING
              || state.phase() == Phase.ROUTING
              || state.phase() == Phase.VERIFYING;
      return early
          ? with(
              seen,
              new Observation.Database(
                  Site.DR, Activity.IDLE, null, false, null, EngineVersions.UNSEEN))
          : seen;
    }
  },
  /** Customers are sent as soon as RDS is asked, which may refuse. */
  LATCH_BEFORE_RDS_BEGINS {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      boolean asks = decision.act() instanceof Act.PromoteDr && state.phase() == Phase.PROMOTING;
      return asks && seen.traffic().drLatch() == Presence.ABSENT
          ? new Decision(decision.next(), new Act.Latch())
          : decision;
    }
  },
  /** Customers who were sent ahead of a writer that stayed are left where they are. */
  LEFT_AHEAD {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      return decision.next().phase() == Phase.UNROUTING
          ? decision
          : without(decision, Act.Unlatch.class, decision.next().phase());
    }
  },
  /** Routes back as soon as the primary Region looks well. */
  AUTOMATIC_ROUTE_BACK {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      boolean back = state.phase() == Phase.FAILED_OVER && seen.external() == Health.UP;
      return back ? new Decision(decision.next(), new Act.Unlatch()) : decision;
    }
  },
  /** Calls it closed with one copy of the latch left. */
  ONE_COPY_LEFT {
    @Override
    Observation seen(Observation seen, State state) {
      Observation.Traffic traffic = seen.traffic();
      boolean forgetful = state.phase() == Phase.UNROUTING && traffic.drLatch() == Presence.ABSENT;
      return forgetful
          ? with(
              seen,
              new Observation.Traffic(
                  Presence.ABSENT, Presence.ABSENT, Site.PRIMARY, traffic.paymentCommits()))
          : seen;
    }
  },
  /** An aborted failover leaves the primary Region fenced. */
  FENCE_LEFT_ON {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      return without(decision, Act.Unfence.class, decision.next().phase());
    }
  },
  /** The time to stop old writes may be over before the first attempt. */
  CAP_BEFORE_ATTEMPT {
    @Override
    Decision decision(Decision decision, State state, Observation seen) {
      return without(decision, Act.Prepare.class, Phase.PREPARING);
    }
  },
  /** Not having seen the primary Region serve means that it did not. */
  OPTIMISTIC_LOSS {
    @Override
    Policy policy(Policy policy) {
      return MutantPolicies.detecting(policy, Duration.ofDays(1));
    }
  },
  /** The generation comes from the environment file instead of the ledger. */
  GENERATION_OF_THE_FILE {
    @Override
    Observation seen(Observation seen, State state) {
      return new Observation(
          seen.external(),
          seen.peer(),
          seen.readiness(),
          "v1",
          seen.database(),
          seen.traffic(),
          seen.lease());
    }
  },
  /** A lease that was seen to run out counts as taken. */
  LEASE_EXPIRY_ONLY {
    @Override
    Observation seen(Observation seen, State state) {
      return seen.lease() instanceof LeaseReading.Registered lease
          ? with(seen, new LeaseReading.Registered(true, lease.fenced(), false, lease.until()))
          : seen;
    }
  },
  /** Acts on a look however old. */
  NO_STALE_ACT_GUARD {
    @Override
    Duration freshness() {
      return Duration.ofDays(1);
    }
  },
  /** Asks nobody between looking up where to promote and the order to do it. */
  NO_GUARD {
    @Override
    boolean guarded() {
      return false;
    }
  };

  Observation seen(Observation seen, State state) {
    return seen;
  }

  ControlState control(ControlState control) {
    return control;
  }

  Decision decision(Decision decision, State state, Observation seen) {
    return decision;
  }

  Policy policy(Policy policy) {
    return policy;
  }

  Ledger ledger(Ledger ledger) {
    return ledger;
  }

  Duration freshness() {
    return Tick.FRESHNESS;
  }

  boolean guarded() {
    return true;
  }

  Decider around(Decider decider) {
    return (state, seen, control, now) -> {
      Observation changed = seen(seen, state);
      return decision(decider.decide(state, changed, control(control), now), state, changed);
    };
  }

  private static Decision without(Decision decision, Class<? extends Act> act, Phase phase) {
    boolean dropped = act.isInstance(decision.act()) && decision.next().phase() == phase;
    return dropped ? new Decision(decision.next(), new Act.Nothing()) : decision;
  }

  private static Observation votes(Observation seen, Health external, Health peer) {
    return new Observation(
        external,
        peer,
        seen.readiness(),
        seen.generation(),
        seen.database(),
        seen.traffic(),
        seen.lease());
  }

  private static Observation with(Observation seen, Observation.Database database) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        database,
        seen.traffic(),
        seen.lease());
  }

  private static Observation with(Observation seen, Observation.Traffic traffic) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        traffic,
        seen.lease());
  }

  private static Observation with(Observation seen, LeaseReading lease) {
    return new Observation(
        seen.external(),
        seen.peer(),
        seen.readiness(),
        seen.generation(),
        seen.database(),
        seen.traffic(),
        lease);
  }

  /** A ledger that takes any version for the right one. */
  private record Overwriting(Ledger ledger) implements Ledger {

    @Override
    public Optional<LedgerEntry> read(LedgerKey key) {
      return ledger.read(key);
    }

    @Override
    public List<LedgerEntry> readAll(String entity) {
      return ledger.readAll(entity);
    }

    @Override
    public void write(List<LedgerChange> changes) {
      ledger.write(
          changes.stream()
              .map(
                  change ->
                      new LedgerChange(
                          change.key(),
                          ledger.read(change.key()).map(LedgerEntry::version).orElse(0L),
                          change.values()))
              .toList());
    }
  }
}
