/** What the failover controller may do, and the interfaces through which it observes and acts. */
package payments.dr.lambda.port;
