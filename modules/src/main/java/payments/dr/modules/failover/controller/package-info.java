/**
 * The failover controller of each Region: a Lambda function, who wakes it, what it may do, and
 * where its failures and notices go. What it decides is in the jar, which nothing here compiles
 * against.
 *
 * <p>Inputs: {@link payments.dr.configuration.failover.FailoverSettings}, the jar, and the names
 * and addresses of what it looks at and moves. Outputs: ARN of the function, names of its function
 * and queue for alarms. Defaults: started every minute in both Regions, with what fails kept in a
 * queue; in the DR Region, where alone it may start something by itself, woken by alarms as well,
 * through a queue of their own.
 *
 * <p>What the function of one Region needs of the other is given as plain text, never as a
 * reference: it names its targets, and none of them has to be there when it is made or changed.
 */
package payments.dr.modules.failover.controller;
