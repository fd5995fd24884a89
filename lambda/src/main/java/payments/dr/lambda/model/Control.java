package payments.dr.lambda.model;

/**
 * What humans left for the controller.
 *
 * @param paused nothing acts while it is set
 * @param order the newest order, new or not; null: none yet
 */
public record Control(boolean paused, Order order) {

  public static final Control NONE = new Control(false, null);
}
