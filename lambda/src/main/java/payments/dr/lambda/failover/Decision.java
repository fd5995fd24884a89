package payments.dr.lambda.failover;

/** What one tick remembers and does; {@code next} is written before {@code act} begins. */
public record Decision(State next, Act act) {}
