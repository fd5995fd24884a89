package payments.dr.modules.failover.controller;

import java.util.List;

/**
 * Where in a Region's network the function stands.
 *
 * @param subnetIds with a way to the internet, which probes and name servers are asked through
 */
public record FunctionNetwork(String vpcId, List<String> subnetIds) {

  public FunctionNetwork {
    subnetIds = List.copyOf(subnetIds);
  }
}
