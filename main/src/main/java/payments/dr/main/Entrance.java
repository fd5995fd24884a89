package payments.dr.main;

import java.util.Optional;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.compute.Certificate;
import payments.dr.modules.compute.CertificateProps;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.FleetProps;
import payments.dr.modules.compute.LeaseRenewer;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.compute.LoadBalancerProps;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.firewall.WebFirewall;
import payments.dr.modules.firewall.WebFirewallProps;

/** Where one Region takes customers in: its load balancer, behind a firewall, and its fleet. */
record Entrance(LoadBalancer loadBalancer, Fleet fleet) {

  /** Makes it in both Regions. */
  static RegionPair<Entrance> pair(
      Environment environment,
      RegionPair<Foundation> foundations,
      HostedZone zone,
      RegionPair<Optional<LeaseRenewer>> renewers) {
    RegionPair<Optional<Certificate>> certificates =
        environment.config().compute().tls()
            ? Certificate.pair(
                    "certificate",
                    new CertificateProps(
                        environment.names(),
                        zone.serviceDomainName(),
                        zone.zoneId(),
                        foundations.map(Foundation::region)))
                .map(Optional::of)
            : new RegionPair<>(Optional.empty(), Optional.empty());
    return foundations.zip(
        certificates,
        (foundation, certificate) ->
            in(foundation, certificate, environment, renewers.get(foundation.region().role())));
  }

  private static Entrance in(
      Foundation foundation,
      Optional<Certificate> certificate,
      Environment environment,
      Optional<LeaseRenewer> renewer) {
    EnvironmentConfig config = environment.config();
    ResourceNames names = environment.names();
    LoadBalancer loadBalancer =
        new LoadBalancer(
            foundation.region(),
            "load-balancer",
            new LoadBalancerProps(
                names,
                config.compute(),
                foundation.network(),
                foundation.accessLogs(),
                certificate,
                config.protectData()));
    if (config.firewall().enabled()) {
      new WebFirewall(
          foundation.region(),
          "firewall",
          new WebFirewallProps(
              names,
              config.firewall(),
              foundation.keys(),
              loadBalancer.arn(),
              config.failover().probePath()));
    }
    Fleet fleet =
        new Fleet(
            foundation.region(),
            "fleet",
            new FleetProps(
                names,
                config.compute(),
                foundation.network(),
                loadBalancer,
                foundation.keys(),
                renewer));
    return new Entrance(loadBalancer, fleet);
  }
}
