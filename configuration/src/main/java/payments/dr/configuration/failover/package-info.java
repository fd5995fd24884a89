/** Settings of DNS and of the failover controller. */
package payments.dr.configuration.failover;
