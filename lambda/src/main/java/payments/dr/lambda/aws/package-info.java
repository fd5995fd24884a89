/**
 * The adapters: they implement the ports on AWS. One class observes or does one thing. Every call
 * ends in time, as {@link payments.dr.lambda.aws.Bounds} says. An observation that fails counts as
 * UNKNOWN, never as DOWN: {@link payments.dr.lambda.aws.Looks} sees to that.
 */
package payments.dr.lambda.aws;
