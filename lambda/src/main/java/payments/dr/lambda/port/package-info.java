/** The interfaces through which the failover controller observes, remembers and acts. */
package payments.dr.lambda.port;
