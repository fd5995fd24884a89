package payments.dr.modules.firewall;

import payments.dr.configuration.firewall.FirewallSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.encryption.EncryptionKeys;

/**
 * What the firewall of one Region needs.
 *
 * @param loadBalancerArn what it stands before
 * @param probePath what health checkers and the controllers ask the load balancer for
 */
public record WebFirewallProps(
    ResourceNames names,
    FirewallSettings settings,
    EncryptionKeys keys,
    String loadBalancerArn,
    String probePath) {}
