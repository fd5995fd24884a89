package payments.dr.lambda.port;

import payments.dr.lambda.model.State;

/** What one tick remembers and does; {@code next} is written before {@code act} begins. */
public record Decision(State next, Act act) {}
