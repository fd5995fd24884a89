/** The values that the failover controller observes, remembers and decides on. */
package payments.dr.lambda.model;
