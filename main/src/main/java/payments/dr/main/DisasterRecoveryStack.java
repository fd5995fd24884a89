package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.backends.TerraformBackends;
import payments.dr.configuration.Account;
import payments.dr.configuration.Environment;
import payments.dr.configuration.EnvironmentConfig;
import payments.dr.configuration.Recovery;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.ProviderSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.backup.BackupPlan;
import payments.dr.modules.backup.BackupPlanProps;
import payments.dr.modules.backup.BackupVault;
import payments.dr.modules.backup.BackupVaultProps;
import payments.dr.modules.compute.Certificate;
import payments.dr.modules.compute.CertificateProps;
import payments.dr.modules.compute.Fleet;
import payments.dr.modules.compute.FleetProps;
import payments.dr.modules.compute.LoadBalancer;
import payments.dr.modules.compute.LoadBalancerProps;
import payments.dr.modules.database.PaymentsDatabase;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.encryption.EncryptionProps;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.AuditArchiveProps;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.failover.HostedZoneProps;
import payments.dr.modules.failover.LedgerTable;
import payments.dr.modules.failover.LedgerTableProps;
import payments.dr.modules.failover.QueryLog;
import payments.dr.modules.failover.QueryLogProps;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.failover.TrafficLatchProps;
import payments.dr.modules.failover.TrafficRouting;
import payments.dr.modules.failover.TrafficRoutingProps;
import payments.dr.modules.firewall.WebFirewall;
import payments.dr.modules.firewall.WebFirewallProps;
import payments.dr.modules.network.Network;
import payments.dr.modules.network.NetworkPeering;
import payments.dr.modules.network.NetworkPeeringProps;
import payments.dr.modules.network.NetworkProps;
import payments.dr.modules.notification.AlertTopic;
import payments.dr.modules.notification.AlertTopicProps;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;
import software.constructs.Construct;

/**
 * One environment: both Regions and everything in them, in the order in which things need each
 * other.
 */
public final class DisasterRecoveryStack extends TerraformStack {

  private final EnvironmentConfig config;
  private final ResourceNames names;
  private final RegionPair<Region> regions;
  private final RegionPair<EncryptionKeys> keys;
  private final RegionPair<AccessLogs> accessLogs;
  private final RegionPair<Network> networks;

  DisasterRecoveryStack(
      Construct scope, Environment environment, Account account, FunctionJar functionJar) {
    super(scope, environment.stackName());
    config = environment.config();
    names = environment.names();
    ProviderVersion.require(this);
    TerraformBackends.attach(this, environment.backend(environment.stackName()));

    regions = regions(environment, account);
    keys =
        EncryptionKeys.pair(
            "encryption",
            new EncryptionProps(
                (role, purpose) -> names.regional(role, purpose.id()),
                config.encryption(),
                regions,
                KeyPurpose.OF_ENVIRONMENT,
                config.protectData()));
    accessLogs =
        regions.map(
            region ->
                new AccessLogs(
                    region,
                    "access-logs",
                    new AccessLogsProps(
                        names.bucket(region.role(), "access-logs"),
                        config.storage(),
                        true,
                        config.protectData())));
    networks = networks();

    // Route 53 is one for both Regions; signed in through DR, it is reachable without the primary.
    HostedZone zone =
        new HostedZone(
            regions.dr(), "zone", new HostedZoneProps(config.dns(), config.protectData()));
    if (zone.delegation().isPresent()) {
      queryLog(zone);
    }
    RegionPair<LoadBalancer> loadBalancers = loadBalancers(zone);
    if (config.firewall().enabled()) {
      firewalls(loadBalancers);
    }
    RegionPair<Fleet> fleets = fleets(loadBalancers);
    RegionPair<LedgerTable> ledgers = ledgers();
    RegionPair<AuditArchive> archives = archives();
    Databases databases = new Databases(environment, regions, networks, keys, fleets, ledgers);
    TrafficLatch latch =
        new TrafficLatch(
            "latch", new TrafficLatchProps(names, regions, accessLogs, config.protectData()));
    TrafficRouting routing = routing(zone, latch, loadBalancers);
    RegionPair<AlertTopic> topics = topics();
    Controllers controllers =
        new Controllers(
            environment,
            functionJar.addTo(this),
            regions,
            keys,
            networks,
            ledgers,
            archives,
            databases.controlled(),
            Controllers.traffic(config, zone, latch, loadBalancers),
            fleets,
            loadBalancers,
            topics);
    RegionPair<BackupVault> vaults = vaults();
    BackupPlan backupPlan = backupPlan(vaults, databases);
    Monitoring monitoring =
        new Monitoring(
            environment,
            regions,
            keys,
            accessLogs,
            loadBalancers,
            databases,
            controllers.monitored(),
            vaults,
            topics);
    new ChangeNotices(
        environment,
        regions,
        keys,
        accessLogs,
        networks,
        loadBalancers,
        fleets,
        latch,
        ledgers,
        archives,
        controllers,
        topics);
    PaymentsDatabase active = databases.active();
    Recovery recovery = environment.recovery();

    new StackOutputs(this)
        .text("primaryEndpoint", loadBalancers.primary().endpoint())
        .text("drEndpoint", loadBalancers.dr().endpoint())
        .text("serviceEndpoint", protocol() + zone.serviceDomainName())
        .list("hostedZoneNameServers", zone.delegation())
        .text("healthCheckStatus", routing.endpointHealthCheckIds().primary())
        .text("replicationLag", monitoring.replicationLagAlarmArns(active.generation()).dr())
        .text("primaryVpcId", networks.primary().vpcId())
        .text("drVpcId", networks.dr().vpcId())
        .text("primarySnsTopicArn", topics.primary().arn())
        .text("drSnsTopicArn", topics.dr().arn())
        .text("backupPlanId", backupPlan.planId())
        .text("backupRoleArn", backupPlan.roleArn())
        .list("deployedDatabases", Optional.of(databases.deployedIds()))
        .text("activeDatabase", active.generation().id())
        .text("retiringDatabase", databases.retiringId())
        .text("dynamoTableName", active.sessionTableName())
        .text("ledgerTableName", ledgers.dr().name())
        .text("failoverAuditBucket", archives.primary().bucketName())
        .text("drFailoverAuditBucket", archives.dr().bucketName())
        .text("failoverLambdaArn", controllers.functionArns().primary())
        .text("drFailoverLambdaArn", controllers.functionArns().dr())
        .number("recoveryTimeBudgetSeconds", recovery.time().seconds())
        .number("recoveryPointBudgetSeconds", recovery.point().seconds())
        .text("recoveryPointBudgetKind", recovery.point().kind().word())
        .text("dbPasswordSecretArn", active.secretArns().primary())
        .text("primaryClusterId", active.clusterIdentifiers().primary())
        .text("drClusterId", active.clusterIdentifiers().dr())
        .text("primaryClusterArn", active.clusterArns().primary())
        .text("drClusterArn", active.clusterArns().dr());
  }

  private String protocol() {
    return config.compute().tls() ? "https://" : "http://";
  }

  private RegionPair<Region> regions(Environment environment, Account account) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("Project", "payments-dr");
    tags.put("Stack", environment.stackName());
    tags.put("Environment", environment.name());
    tags.put("Owner", config.owner());
    tags.put("Repository", config.repository());
    tags.put("CommitAuthor", config.commitAuthor());
    ProviderSettings shared =
        new ProviderSettings(
            account.config().id(), config.regions().dr().name(), config.localAws(), tags);
    return new RegionPair<>(
        new Region(this, RegionRole.PRIMARY, config.regions().primary().name(), shared),
        new Region(this, RegionRole.DR, config.regions().dr().name(), shared));
  }

  private RegionPair<Network> networks() {
    RegionPair<Network> pair =
        regions.map(
            region ->
                new Network(
                    region,
                    "network",
                    new NetworkProps(
                        names,
                        config.network(),
                        config.regions().get(region.role()),
                        keys.get(region.role()))));
    new NetworkPeering("peering", new NetworkPeeringProps(names, regions, pair));
    return pair;
  }

  private RegionPair<LoadBalancer> loadBalancers(HostedZone zone) {
    RegionPair<Optional<Certificate>> certificates =
        config.compute().tls()
            ? Certificate.pair(
                    "certificate",
                    new CertificateProps(names, zone.serviceDomainName(), zone.zoneId(), regions))
                .map(Optional::of)
            : new RegionPair<>(Optional.empty(), Optional.empty());
    return regions.map(
        region ->
            new LoadBalancer(
                region,
                "load-balancer",
                new LoadBalancerProps(
                    names,
                    config.compute(),
                    networks.get(region.role()),
                    accessLogs.get(region.role()),
                    certificates.get(region.role()),
                    config.protectData())));
  }

  /** Where neither Region is the one that Route 53 writes in, there is none. */
  private void queryLog(HostedZone zone) {
    for (RegionRole role : RegionRole.values()) {
      if (regions.get(role).name().equals(QueryLog.REGION_NAME)) {
        new QueryLog(
            regions.get(role),
            "query-log",
            new QueryLogProps(names, zone.zoneId(), keys.get(role)));
      }
    }
  }

  private void firewalls(RegionPair<LoadBalancer> loadBalancers) {
    regions.map(
        region ->
            new WebFirewall(
                region,
                "firewall",
                new WebFirewallProps(
                    names,
                    config.firewall(),
                    keys.get(region.role()),
                    loadBalancers.get(region.role()).arn(),
                    config.failover().probePath())));
  }

  private RegionPair<Fleet> fleets(RegionPair<LoadBalancer> loadBalancers) {
    return regions.map(
        region ->
            new Fleet(
                region,
                "fleet",
                new FleetProps(
                    names,
                    config.compute(),
                    networks.get(region.role()),
                    loadBalancers.get(region.role()),
                    keys.get(region.role()))));
  }

  private TrafficRouting routing(
      HostedZone zone, TrafficLatch latch, RegionPair<LoadBalancer> loadBalancers) {
    return new TrafficRouting(
        regions.dr(),
        "routing",
        new TrafficRoutingProps(
            names,
            config.dns(),
            config.failover(),
            zone,
            latch,
            loadBalancers.map(LoadBalancer::dnsName),
            config.compute().tls()));
  }

  private RegionPair<LedgerTable> ledgers() {
    return regions.map(
        region ->
            new LedgerTable(
                region,
                "ledger",
                new LedgerTableProps(names, keys.get(region.role()), config.protectData())));
  }

  private RegionPair<AuditArchive> archives() {
    return regions.map(
        region ->
            new AuditArchive(
                region,
                "audit-archive",
                new AuditArchiveProps(
                    names,
                    config.failover(),
                    keys.get(region.role()),
                    accessLogs.get(region.role()),
                    config.protectData())));
  }

  private RegionPair<AlertTopic> topics() {
    return regions.map(
        region ->
            new AlertTopic(
                region,
                "alerts",
                new AlertTopicProps(names, config.notification(), keys.get(region.role()))));
  }

  private RegionPair<BackupVault> vaults() {
    return regions.map(
        region ->
            new BackupVault(
                region,
                "backup",
                new BackupVaultProps(
                    names, config.backup(), keys.get(region.role()), config.protectData())));
  }

  private BackupPlan backupPlan(RegionPair<BackupVault> vaults, Databases databases) {
    return new BackupPlan(
        regions.primary(),
        "backup-plan",
        new BackupPlanProps(names, config.backup(), vaults, databases.backupSources()));
  }
}
