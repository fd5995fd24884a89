package payments.dr.modules.monitoring;

import java.util.List;
import payments.dr.configuration.naming.ResourceNames;

/**
 * What the dashboard of one Region needs.
 *
 * @param databases each deployed generation
 * @param peerRegion name of the other Region, which latency is measured against
 */
public record DashboardProps(
    ResourceNames names,
    LoadBalancerDimensions loadBalancer,
    List<MonitoredDatabase> databases,
    MonitoredController controller,
    String peerRegion) {

  public DashboardProps {
    databases = List.copyOf(databases);
  }
}
