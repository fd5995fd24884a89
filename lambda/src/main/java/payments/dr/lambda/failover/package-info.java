/**
 * Decides, in the DR Region, whether payments move there: a pure function over what was seen and
 * remembered, and the ports through which it sees, remembers and acts.
 *
 * <p>{@link payments.dr.lambda.failover.FailoverDecider} holds the rules, one method for each
 * {@link payments.dr.lambda.failover.Phase}. Nothing here knows AWS, reads a clock, sleeps or draws
 * random numbers; package {@code loop} drives it, adapters implement the ports.
 */
package payments.dr.lambda.failover;
