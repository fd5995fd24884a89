package payments.dr.operations.drill.load;

import java.time.Instant;

/**
 * An acknowledged payment.
 *
 * @param key its idempotency key
 * @param id that the service gave it
 * @param sent when it was first sent
 * @param answered when it was acknowledged
 * @param region that served it, such as {@code us-east-1}
 * @param tries how often it was sent
 */
public record AcknowledgedPayment(
    String key, String id, Instant sent, Instant answered, String region, int tries) {}
