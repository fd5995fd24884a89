package payments.dr.main;

import java.util.List;
import payments.dr.configuration.Environment;
import payments.dr.configuration.EnvironmentConfig;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.failover.controller.ControlledDatabase;
import payments.dr.modules.failover.controller.FailoverController;
import payments.dr.modules.failover.controller.FailoverControllerProps;
import payments.dr.modules.failover.controller.FunctionCode;
import payments.dr.modules.failover.controller.FunctionMetrics;
import payments.dr.modules.failover.controller.FunctionNetwork;
import payments.dr.modules.failover.controller.StandbyFleet;
import payments.dr.modules.failover.controller.Traffic;
import payments.dr.modules.monitoring.MonitoredController;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.Tier;
import payments.dr.modules.notification.AlertTopic;
import payments.dr.modules.region.Region;

/** The failover controllers, told where everything is that they look at and move. */
final class Controllers {

  private final Environment environment;
  private final RegionPair<FailoverController> controllers;

  Controllers(
      Environment environment,
      FunctionCode code,
      RegionPair<Region> regions,
      RegionPair<EncryptionKeys> keys,
      RegionPair<Network> networks,
      RegionPair<LedgerTable> ledgers,
      RegionPair<AuditArchive> archives,
      List<ControlledDatabase> databases,
      Traffic traffic,
      RegionPair<Fleet> fleets,
      RegionPair<LoadBalancer> loadBalancers,
      RegionPair<AlertTopic> topics) {
    this.environment = environment;
    EnvironmentConfig config = environment.config();
    controllers =
        FailoverController.pair(
            "controller",
            new FailoverControllerProps(
                environment.names(),
                config.failover(),
                code,
                regions,
                keys,
                networks.map(
                    network ->
                        new FunctionNetwork(network.vpcId(), network.subnetIds(Tier.APPLICATION))),
                ledgers,
                archives,
                databases,
                traffic,
                new StandbyFleet(
                    loadBalancers.dr().targetGroupArn(),
                    fleets.dr().autoScalingGroupName(),
                    fleets.dr().autoScalingGroupGivenName(),
                    config.compute().minInstances(),
                    config.compute().maxInstances()),
                topics.map(AlertTopic::givenArn)));
  }

  static Traffic traffic(
      EnvironmentConfig config,
      HostedZone zone,
      TrafficLatch latch,
      RegionPair<LoadBalancer> loadBalancers) {
    return new Traffic(
        zone.serviceDomainName(),
        zone.signalDomainName(),
        zone.nameServers(),
        loadBalancers.map(LoadBalancer::dnsName),
        config.compute().tls(),
        latch.bucketGivenNames());
  }

  RegionPair<String> functionArns() {
    return controllers.map(FailoverController::functionArn);
  }

  /** Of both: each may write in either Region. */
  List<String> roleNames() {
    return List.of(controllers.primary().roleGivenName(), controllers.dr().roleGivenName());
  }

  /** What is to be watched. */
  RegionPair<MonitoredController> monitored() {
    return controllers.map(
        controller ->
            new MonitoredController(
                environment.name(),
                FunctionMetrics.NAMESPACE,
                controller.functionName(),
                controller.failureQueueName()));
  }
}
