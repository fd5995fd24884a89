package payments.dr.lambda.port;

/**
 * Asked right before the call that moves a writer. RDS tells no old order from a new one, and an
 * invocation may be frozen for minutes at any point.
 */
@FunctionalInterface
public interface Guard {

  /**
   * @throws DroppedException when this tick's look is too old, or the move is not wanted any more
   * @throws PortException when nobody knows
   */
  void check();
}
