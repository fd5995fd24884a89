package payments.dr.lambda.model;

/**
 * What humans left for the controller.
 *
 * @param paused nothing acts while it is set
 * @param order the newest order, new or not; null: none yet
 */
public record ControlState(boolean paused, Order order) {

  public static final ControlState NONE = new ControlState(false, null);
}
