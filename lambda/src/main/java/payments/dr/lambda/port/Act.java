package payments.dr.lambda.port;

import payments.dr.lambda.model.Incident;

/** The one thing that a tick does to the world. */
public sealed interface Act {

  /**
   * @param guard asked before a writer is moved
   */
  void perform(Actuators actuators, WriterLease lease, Guard guard);

  /** As the audit trail shows it. */
  default String label() {
    return getClass().getSimpleName();
  }

  /** Whether it asks AWS to move the writer, which is noted before it is done. */
  default boolean asksAws() {
    return false;
  }

  record Nothing() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {}
  }

  /** Stops old writes and asks for capacity; neither failure keeps the other from happening. */
  record Prepare(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      try {
        lease.take(incident);
      } finally {
        actuators.raiseCapacity();
      }
    }
  }

  record PromoteDr(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.promoteDr(incident, guard);
    }

    @Override
    public boolean asksAws() {
      return true;
    }
  }

  record PromotePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.promotePrimary(incident, guard);
    }

    @Override
    public boolean asksAws() {
      return true;
    }
  }

  record ForcePrimary(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.forcePrimary(incident, guard);
    }

    @Override
    public boolean asksAws() {
      return true;
    }
  }

  record Latch() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.latch();
    }
  }

  /** The route stands, but turns within seconds once the latch is taken away. */
  record Loosen() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.loosen();
    }
  }

  /** Customers leave for the primary Region while the writer is on its way there. */
  record Unroute() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      actuators.unlatch();
    }
  }

  /** Customers come back to a primary Region that may write again. */
  record Unlatch() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      try {
        lease.release();
      } finally {
        actuators.unlatch();
      }
    }
  }

  /** The right to write and customers follow a writer that moved without the lease. */
  record Follow(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      try {
        lease.take(incident);
      } finally {
        actuators.latch();
      }
    }
  }

  /** A human lets this Region write without the proof that the other one stopped. */
  record Force(Incident incident) implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      lease.force(incident);
    }
  }

  /** Gives the primary Region the right to write: lifts the fence that a move left, or a lease. */
  record Unfence() implements Act {
    @Override
    public void perform(Actuators actuators, WriterLease lease, Guard guard) {
      lease.release();
    }
  }
}
