/** Runs the failover controller: one tick, the ticks of one invocation, and what they remember. */
package payments.dr.lambda.loop;
