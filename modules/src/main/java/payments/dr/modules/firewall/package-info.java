/**
 * The web application firewall before each Region's load balancer.
 *
 * <p>Inputs: {@link payments.dr.configuration.firewall.FirewallSettings}. Output: the name under
 * which it reports. Defaults: on; AWS's rules against bad addresses, known exploits, common attacks
 * and SQL injection; a limit of requests for each address; probes of health checkers and
 * controllers pass; what was refused is logged for 400 days, without credentials.
 */
package payments.dr.modules.firewall;
