package payments.dr.main;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.Environment;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.state.StateBackend;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.monitoring.ChangeAlarms;
import payments.dr.modules.monitoring.ChangeAlarmsProps;
import payments.dr.modules.monitoring.WatchedResources;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.Tier;
import payments.dr.modules.notification.AlertTopic;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;

/** Tells people of changes that could undo what the stack protects. */
final class ChangeNotices {

  private final Environment environment;
  private final RegionPair<Region> regions;

  ChangeNotices(
      Environment environment,
      RegionPair<Region> regions,
      RegionPair<EncryptionKeys> keys,
      RegionPair<AccessLogs> accessLogs,
      RegionPair<Network> networks,
      RegionPair<LoadBalancer> loadBalancers,
      RegionPair<Fleet> fleets,
      TrafficLatch latch,
      RegionPair<LedgerTable> ledgers,
      RegionPair<AuditArchive> archives,
      Controllers controllers,
      RegionPair<AlertTopic> topics) {
    this.environment = environment;
    this.regions = regions;
    for (RegionRole role : RegionRole.values()) {
      WatchedResources watched =
          new WatchedResources(
              KeyPurpose.OF_ENVIRONMENT.stream().sorted().map(keys.get(role)::arn).toList(),
              environment.name(),
              latch.bucketGivenNames().get(role),
              guarded(role, latch, archives.get(role), accessLogs.get(role)),
              ledgers.get(role).givenArn(),
              List.of(
                  loadBalancers.get(role).securityGroupId(), fleets.get(role).securityGroupId()),
              routeTables(networks.get(role)),
              controllers.roleNames());
      new ChangeAlarms(
          regions.get(role),
          "change-alarms",
          new ChangeAlarmsProps(
              environment.names(),
              environment.config().monitoring(),
              keys.get(role),
              watched,
              topics.get(role).arn()));
    }
  }

  private List<String> guarded(
      RegionRole role, TrafficLatch latch, AuditArchive archive, AccessLogs accessLogs) {
    List<String> buckets =
        new ArrayList<>(
            List.of(
                latch.bucketGivenNames().get(role),
                archive.bucketGivenName(),
                accessLogs.bucketName()));
    if (environment.backend(environment.stackName()) instanceof StateBackend.S3 s3
        && s3.region().equals(regions.get(role).name())) {
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
