/**
 * Decides whether payments move to the other Region: a pure function over what was observed and
 * what is remembered.
 *
 * <p>{@link payments.dr.lambda.rules.FailoverDecider} holds the rules, one method for each {@link
 * payments.dr.lambda.model.Phase}. Nothing here knows AWS, reads a clock, sleeps or draws random
 * numbers.
 */
package payments.dr.lambda.rules;
