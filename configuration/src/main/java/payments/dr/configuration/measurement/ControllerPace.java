package payments.dr.configuration.measurement;

/**
 * What the code fixes about a failover and no setting changes. The controller is another program:
 * {@code lambda}'s tests hold its figures to these.
 */
public final class ControllerPace {

  /** Between two looks. */
  public static final int TICK_SECONDS = 5;

  /**
   * How long it tries to stop old writes before it promotes without proof; {@link
   * #FENCE_READ_SECONDS} where it sees them told to stop.
   */
  public static final int PREPARE_CAP_SECONDS = 10;

  /** Within which an application reads that it must not write any more. */
  public static final int FENCE_READ_SECONDS = 5;

  /** Estimated loss above which it asks a human, whatever its mode. */
  public static final int LOSS_GUARD_SECONDS = 50;

  /** Between two probes of the latch object. */
  public static final int LATCH_INTERVAL_SECONDS = 10;

  /** Probes in a row that set the latch. */
  public static final int LATCH_SET_THRESHOLD = 1;

  /** Probes in a row that hold it. */
  public static final int LATCH_HOLD_THRESHOLD = 10;

  private ControllerPace() {}
}
