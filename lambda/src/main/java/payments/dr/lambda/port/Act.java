package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;

/** The one thing that a tick does to the world. */
public sealed interface Act {

  void perform(Actuators hands, WriterLease lease);

  /** As the audit trail shows it. */
  default String label() {
    return getClass().getSimpleName();
  }

  record Nothing() implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {}
  }

  /** Stops old writes and asks for capacity; neither failure keeps the other from happening. */
  record Prepare(Incident incident) implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      try {
        lease.take(incident);
      } finally {
        hands.raiseCapacity();
      }
    }
  }

  record PromoteDr(Incident incident) implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      hands.promoteDr(incident);
    }
  }

  record PromotePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      hands.promotePrimary(incident);
    }
  }

  record ForcePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      hands.forcePrimary(incident);
    }
  }

  record Latch() implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      hands.latch();
    }
  }

  /** Customers come back to a primary Region that may write again. */
  record Unlatch() implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      try {
        lease.release();
      } finally {
        hands.unlatch();
      }
    }
  }

  /** Lifts a fence that an aborted failover left. */
  record Unfence() implements Act {
    @Override
    public void perform(Actuators hands, WriterLease lease) {
      lease.release();
    }
  }
}
