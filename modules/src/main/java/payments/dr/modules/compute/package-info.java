/**
 * Public load balancers and the fleets behind them.
 *
 * <p>Inputs: {@link payments.dr.configuration.compute.ComputeSettings}, network, keys, access logs
 * and the certificate of the public name. Outputs: DNS name, metric dimensions and target group of
 * the load balancer; group name, security group and role of the fleet. Defaults: HTTPS with TLS 1.2
 * or newer and HTTP redirected to it, 2 to 6 t3.medium instances over all zones at 60 % CPU,
 * encrypted volumes, IMDSv2 only, no SSH key, no public addresses, shell access through Session
 * Manager.
 */
package payments.dr.modules.compute;
