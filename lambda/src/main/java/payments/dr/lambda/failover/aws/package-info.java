/**
 * The failover controller's eyes, hands and voice in AWS: one class for each thing that it looks at
 * or does, and one for each port that brings them together. Every call ends in time, as {@link
 * payments.dr.lambda.failover.aws.Bounds} says. A look that fails throws, and {@link
 * payments.dr.lambda.failover.aws.Looks} takes it for not seen: UNKNOWN, never DOWN.
 */
package payments.dr.lambda.failover.aws;
