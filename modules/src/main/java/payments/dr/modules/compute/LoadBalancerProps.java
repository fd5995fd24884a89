package payments.dr.modules.compute;

import java.util.Optional;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.modules.network.Network;
import payments.dr.modules.storage.AccessLogs;

/**
 * What a load balancer needs.
 *
 * @param certificate of the public name; empty where the settings have no TLS
 * @param protectData whether its deletion protection must be taken off before it can be destroyed
 */
public record LoadBalancerProps(
    ResourceNames names,
    ComputeSettings settings,
    Network network,
    AccessLogs accessLogs,
    Optional<Certificate> certificate,
    boolean protectData) {

  public LoadBalancerProps {
    if (settings.tls() != certificate.isPresent()) {
      throw new IllegalArgumentException(
          "certificate must be given exactly when tls is true, got tls "
              + settings.tls()
              + (certificate.isEmpty() ? " without certificate" : " with certificate"));
    }
  }
}
