/** Settings of the load balancers and fleets of both Regions. */
package payments.dr.configuration.compute;
