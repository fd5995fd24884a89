package payments.dr.configuration.measurement;

/**
 * What the code fixes about a failover and no setting changes. The controller is another program:
 * {@code lambda}'s tests hold its figures to these.
 */
public final class ControllerPace {

  /** Between two looks. */
  public static final int TICK_SECONDS = 5;

  /**
   * How long it tries to stop old writes before it promotes without proof: 5 s until the fence is
   * put, and as much until an application reads it.
   */
  public static final int PREPARE_CAP_SECONDS = 10;

  /**
   * How long the lease by majority makes it wait for a writer that lives: its newest renewal of 30
   * s, the call that this took, 8 s of margin, and 4 s by which two clocks may differ.
   */
  public static final int LEASE_WAIT_SECONDS = 43;

  /** Until the fleet of a new writer has renewed that lease: its next turn of 5 s, and a call. */
  public static final int LEASE_GRANT_SECONDS = 6;

  /**
   * Estimated loss above which it asks a human, whatever its mode: what it reckons at most of a
   * clean fault that the recommended checks notice.
   */
  public static final int LOSS_GUARD_SECONDS = 57;

  /** Between two probes of the latch object. */
  public static final int LATCH_INTERVAL_SECONDS = 10;

  /** Probes in a row that set the latch. */
  public static final int LATCH_SET_THRESHOLD = 1;

  /** Probes in a row that hold it. */
  public static final int LATCH_HOLD_THRESHOLD = 10;

  private ControllerPace() {}
}
