package payments.dr.main;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.failover.LeaseGrade;
import payments.dr.configuration.monitoring.MonitoringSettings;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.backup.BackupVault;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.failover.controller.FunctionMetrics;
import payments.dr.modules.firewall.WebFirewall;
import payments.dr.modules.monitoring.ArchiveReplication;
import payments.dr.modules.monitoring.ArchiveReplicationProps;
import payments.dr.modules.monitoring.BackupAlarms;
import payments.dr.modules.monitoring.BackupAlarmsProps;
import payments.dr.modules.monitoring.CertificateAlarms;
import payments.dr.modules.monitoring.CertificateAlarmsProps;
import payments.dr.modules.monitoring.ControllerAlarms;
import payments.dr.modules.monitoring.ControllerAlarmsProps;
import payments.dr.modules.monitoring.Dashboard;
import payments.dr.modules.monitoring.DashboardProps;
import payments.dr.modules.monitoring.DatabaseAlarms;
import payments.dr.modules.monitoring.DatabaseAlarmsProps;
import payments.dr.modules.monitoring.FirewallAlarms;
import payments.dr.modules.monitoring.FirewallAlarmsProps;
import payments.dr.modules.monitoring.LeaseAlarms;
import payments.dr.modules.monitoring.LeaseAlarmsProps;
import payments.dr.modules.monitoring.LoadBalancerAlarms;
import payments.dr.modules.monitoring.LoadBalancerAlarmsProps;
import payments.dr.modules.monitoring.LoadBalancerDimensions;
import payments.dr.modules.monitoring.MetricArchive;
import payments.dr.modules.monitoring.MetricArchiveProps;
import payments.dr.modules.monitoring.MonitoredController;
import payments.dr.modules.monitoring.MonitoredDatabase;
import payments.dr.modules.monitoring.TestAlarm;
import payments.dr.modules.monitoring.TestAlarmProps;
import payments.dr.modules.region.Region;

/** Watches what the stack made: alarms and a dashboard in each Region, and its metrics' archive. */
final class Monitoring {

  private final Map<String, RegionPair<DatabaseAlarms>> databaseAlarms = new HashMap<>();

  Monitoring(
      Environment environment,
      RegionPair<Foundation> foundations,
      RegionPair<Entrance> entrances,
      Databases databases,
      RegionPair<MonitoredController> controllers) {
    RegionPair<Region> regions = foundations.map(Foundation::region);
    RegionPair<EncryptionKeys> keys = foundations.map(Foundation::keys);
    RegionPair<LoadBalancer> loadBalancers = entrances.map(Entrance::loadBalancer);
    ResourceNames names = environment.names();
    MonitoringSettings settings = environment.config().monitoring();
    RegionPair<String> topicArns = foundations.map(foundation -> foundation.topic().arn());
    RegionPair<LoadBalancerDimensions> dimensions =
        loadBalancers.map(
            loadBalancer ->
                new LoadBalancerDimensions(
                    loadBalancer.arnSuffix(), loadBalancer.targetGroupArnSuffix()));
    List<MonitoredDatabase> monitored = databases.monitored();

    for (MonitoredDatabase database : monitored) {
      databaseAlarms.put(
          database.generation(),
          DatabaseAlarms.pair(
              "database-alarms-" + database.generation(),
              new DatabaseAlarmsProps(names, settings, regions, database, controllers, topicArns)));
    }
    new BackupAlarms(
        "backup-alarms",
        new BackupAlarmsProps(
            names,
            regions,
            regions.map(region -> BackupVault.name(names, region.role())),
            controllers,
            topicArns));
    RegionPair<Boolean> armed = new RegionPair<>(false, true);
    regions.map(
        region ->
            new ControllerAlarms(
                region,
                "controller-alarms",
                new ControllerAlarmsProps(
                    names,
                    settings,
                    controllers.get(region.role()),
                    topicArns.get(region.role()),
                    armed.get(region.role()))));
    regions.map(
        region ->
            new TestAlarm(
                region,
                "test-alarm",
                new TestAlarmProps(
                    names, FunctionMetrics.NAMESPACE, topicArns.get(region.role()))));
    RegionPair<String> peers = new RegionPair<>(regions.dr().name(), regions.primary().name());
    regions.map(
        region ->
            new LoadBalancerAlarms(
                region,
                "load-balancer-alarms",
                new LoadBalancerAlarmsProps(
                    names, settings, dimensions.get(region.role()), topicArns.get(region.role()))));
    for (RegionRole role : RegionRole.values()) {
      loadBalancers
          .get(role)
          .certificateArn()
          .ifPresent(
              certificateArn ->
                  new CertificateAlarms(
                      regions.get(role),
                      "certificate-alarms",
                      new CertificateAlarmsProps(names, certificateArn, topicArns.get(role))));
    }
    if (environment.config().firewall().enabled()) {
      regions.map(
          region ->
              new FirewallAlarms(
                  region,
                  "firewall-alarms",
                  new FirewallAlarmsProps(
                      names,
                      settings,
                      WebFirewall.name(names, region.role()),
                      topicArns.get(region.role()))));
    }
    if (environment.config().failover().lease() == LeaseGrade.MAJORITY) {
      regions.map(
          region ->
              new LeaseAlarms(
                  region,
                  "lease-alarms",
                  new LeaseAlarmsProps(
                      names, controllers.get(region.role()), topicArns.get(region.role()))));
    }
    regions.map(
        region ->
            new Dashboard(
                region,
                "dashboard",
                new DashboardProps(
                    names,
                    dimensions.get(region.role()),
                    monitored,
                    controllers.get(region.role()),
                    peers.get(region.role()))));
    RegionPair<MetricArchive> archives =
        regions.map(
            region ->
                new MetricArchive(
                    region,
                    "metrics",
                    new MetricArchiveProps(
                        names,
                        settings,
                        keys.get(region.role()),
                        foundations.get(region.role()).accessLogs(),
                        controllers.get(region.role()).namespace(),
                        topicArns.get(region.role()),
                        environment.config().protectData())));
    new ArchiveReplication(
        "metrics-replication", new ArchiveReplicationProps(names, regions, keys, archives));
  }

  RegionPair<String> replicationLagAlarmArns(DatabaseGeneration generation) {
    return databaseAlarms.get(generation.id()).map(DatabaseAlarms::replicationLagAlarmArn);
  }
}
