package payments.dr.main;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.state.StateBackend;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.failover.TrafficRouting;
import payments.dr.modules.monitoring.ChangeAlarms;
import payments.dr.modules.monitoring.ChangeAlarmsProps;
import payments.dr.modules.monitoring.WatchedResources;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.Tier;

/** Tells people of changes that could undo what the stack protects. */
final class ChangeNotices {

  private final Environment environment;

  ChangeNotices(
      Environment environment,
      RegionPair<Foundation> foundations,
      RegionPair<Entrance> entrances,
      Databases databases,
      HostedZone zone,
      TrafficLatch latch,
      TrafficRouting routing,
      Controllers controllers) {
    this.environment = environment;
    for (RegionRole role : RegionRole.values()) {
      Foundation foundation = foundations.get(role);
      Entrance entrance = entrances.get(role);
      String latchBucket = latch.bucketLiteralNames().get(role);
      WatchedResources watched =
          new WatchedResources(
              KeyPurpose.OF_ENVIRONMENT.stream().sorted().map(foundation.keys()::arn).toList(),
              environment.name(),
              latchBucket,
              guarded(foundation, latchBucket),
              foundation.ledger().givenArn(),
              entrance.loadBalancer().arn(),
              Stream.concat(
                      Stream.of(
                          entrance.loadBalancer().securityGroupId(),
                          entrance.fleet().securityGroupId(),
                          controllers.securityGroupIds().get(role)),
                      databases.securityGroupIds(role).stream())
                  .toList(),
              routeTables(foundation.network()),
              controllers.functionNames().get(role),
              zone.zoneId(),
              List.of(zone.serviceDomainName(), zone.signalDomainName()),
              Stream.concat(
                      Stream.of(
                          routing.endpointHealthCheckIds().primary(),
                          routing.endpointHealthCheckIds().dr()),
                      latch.healthCheckIds().stream())
                  .toList(),
              controllers.roleNames(),
              renewerRoles(entrances));
      new ChangeAlarms(
          foundation.region(),
          "change-alarms",
          new ChangeAlarmsProps(
              environment.names(),
              environment.config().monitoring(),
              foundation.keys(),
              watched,
              foundation.topic().arn()));
    }
  }

  /** Each fleet renews in both ledgers; a name, as no Region must wait for the other. */
  private List<String> renewerRoles(RegionPair<Entrance> entrances) {
    return environment.leaseWitness().isEmpty()
        ? List.of()
        : Stream.of(RegionRole.values())
            .map(role -> entrances.get(role).fleet().roleLiteralName())
            .toList();
  }

  private List<String> guarded(Foundation foundation, String latchBucket) {
    List<String> buckets =
        new ArrayList<>(
            List.of(
                latchBucket,
                foundation.auditArchive().bucketLiteralName(),
                foundation.accessLogs().bucketName()));
    if (environment.backend(environment.stackName()) instanceof StateBackend.S3 s3
        && s3.region().equals(foundation.region().name())) {
      buckets.add(s3.bucket());
    }
    return buckets;
  }

  private static List<String> routeTables(Network network) {
    return Stream.of(Tier.values())
        .flatMap(tier -> network.routeTableIds(tier).values().stream())
        .toList();
  }
}
