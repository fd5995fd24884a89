package payments.dr.main;

import java.util.List;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.failover.controller.ControlledDatabase;
import payments.dr.modules.failover.controller.FailoverController;
import payments.dr.modules.failover.controller.FailoverControllerProps;
import payments.dr.modules.failover.controller.FunctionCode;
import payments.dr.modules.failover.controller.FunctionMetrics;
import payments.dr.modules.failover.controller.FunctionNetwork;
import payments.dr.modules.failover.controller.StandbyFleet;
import payments.dr.modules.failover.controller.Traffic;
import payments.dr.modules.failover.controller.WitnessRegister;
import payments.dr.modules.monitoring.MonitoredController;
import payments.dr.modules.network.Tier;

/** The failover controllers, told where everything is that they look at and move. */
final class Controllers {

  private final Environment environment;
  private final RegionPair<FailoverController> controllers;

  Controllers(
      Environment environment,
      FunctionCode code,
      RegionPair<Foundation> foundations,
      RegionPair<Entrance> entrances,
      List<ControlledDatabase> databases,
      Traffic traffic) {
    this.environment = environment;
    EnvironmentConfig config = environment.config();
    Entrance standby = entrances.dr();
    controllers =
        FailoverController.pair(
            "controller",
            new FailoverControllerProps(
                environment.names(),
                config.failover(),
                code,
                foundations.map(Foundation::region),
                foundations.map(Foundation::keys),
                foundations
                    .map(Foundation::network)
                    .map(
                        network ->
                            new FunctionNetwork(
                                network.vpcId(), network.subnetIds(Tier.APPLICATION))),
                foundations.map(Foundation::ledger),
                foundations.map(Foundation::auditArchive),
                databases,
                traffic,
                new StandbyFleet(
                    standby.loadBalancer().targetGroupArn(),
                    standby.fleet().autoScalingGroupName(),
                    standby.fleet().autoScalingGroupLiteralName(),
                    config.compute().minInstances(),
                    config.compute().maxInstances()),
                foundations.map(foundation -> foundation.topic().givenArn()),
                environment
                    .leaseWitness()
                    .map(witness -> new WitnessRegister(witness.region(), witness.tableName()))));
  }

  static Traffic traffic(
      EnvironmentConfig config,
      HostedZone zone,
      TrafficLatch latch,
      RegionPair<Entrance> entrances) {
    return new Traffic(
        zone.serviceDomainName(),
        zone.signalDomainName(),
        zone.nameServers(),
        entrances.map(entrance -> entrance.loadBalancer().dnsName()),
        config.compute().tls(),
        latch.bucketLiteralNames());
  }

  RegionPair<String> functionArns() {
    return controllers.map(FailoverController::functionArn);
  }

  RegionPair<String> functionNames() {
    return controllers.map(FailoverController::functionName);
  }

  RegionPair<String> securityGroupIds() {
    return controllers.map(FailoverController::securityGroupId);
  }

  /** Of both: each may write in either Region. */
  List<String> roleNames() {
    return List.of(controllers.primary().roleLiteralName(), controllers.dr().roleLiteralName());
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
