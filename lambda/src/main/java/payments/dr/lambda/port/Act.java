package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;

/** The one thing that a tick does to the world. */
public sealed interface Act {

  void perform(Actuators actuators, WriterLease lease);

  /** As the audit trail shows it. */
  default String label() {
    return getClass().getSimpleName();
  }

  record Nothing() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {}
  }

  /** Stops old writes and asks for capacity; neither failure keeps the other from happening. */
  record Prepare(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      try {
        lease.take(incident);
      } finally {
        actuators.raiseCapacity();
      }
    }
  }

  record PromoteDr(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      actuators.promoteDr(incident);
    }
  }

  record PromotePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      actuators.promotePrimary(incident);
    }
  }

  record ForcePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      actuators.forcePrimary(incident);
    }
  }

  record Latch() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      actuators.latch();
    }
  }

  /** Customers come back to a primary Region that may write again. */
  record Unlatch() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      try {
        lease.release();
      } finally {
        actuators.unlatch();
      }
    }
  }

  /** Lifts a fence that an aborted failover left. */
  record Unfence() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease) {
      lease.release();
    }
  }
}
