package payments.dr.main;

import com.hashicorp.cdktf.TerraformStack;
import java.util.Optional;
import payments.dr.backends.TerraformBackends;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.recovery.Recovery;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.backup.BackupPlan;
import payments.dr.modules.backup.BackupPlanProps;
import payments.dr.modules.compute.LeaseRenewer;
import payments.dr.modules.database.PaymentsDatabase;
import payments.dr.modules.failover.HostedZone;
import payments.dr.modules.failover.HostedZoneProps;
import payments.dr.modules.failover.QueryLog;
import payments.dr.modules.failover.QueryLogProps;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.failover.TrafficLatchProps;
import payments.dr.modules.failover.TrafficRouting;
import payments.dr.modules.failover.TrafficRoutingProps;
import software.constructs.Construct;

/**
 * One environment: both Regions and everything in them, in the order in which things need each
 * other.
 */
public final class DisasterRecoveryStack extends TerraformStack {

  private final Environment environment;
  private final EnvironmentConfig config;
  private final RegionPair<Foundation> foundations;

  DisasterRecoveryStack(
      Construct scope,
      Environment environment,
      Account account,
      FunctionJar functionJar,
      RenewerJar renewerJar) {
    super(scope, environment.stackName());
    this.environment = environment;
    config = environment.config();
    ProviderVersion.require(this);
    TerraformBackends.attach(this, environment.backend(environment.stackName()));

    foundations = Foundation.pair(this, environment, account);
    HostedZone zone = zone();
    RegionPair<Optional<LeaseRenewer>> renewers =
        Renewers.pair(environment, foundations, () -> renewerJar.addTo(this));
    RegionPair<Entrance> entrances = Entrance.pair(environment, foundations, zone, renewers);
    Databases databases = new Databases(environment, foundations, entrances);
    Renewers.serve(renewers, entrances, databases);
    TrafficLatch latch =
        new TrafficLatch(
            "latch",
            new TrafficLatchProps(
                environment.names(),
                foundations.map(Foundation::region),
                foundations.map(Foundation::accessLogs),
                config.protectData()));
    TrafficRouting routing = routing(zone, latch, entrances);
    Controllers controllers =
        new Controllers(
            environment,
            functionJar.addTo(this),
            foundations,
            entrances,
            databases.controlled(),
            Controllers.traffic(config, zone, latch, entrances));
    RegionPair<BackupPlan> backupPlans =
        BackupPlan.pair(
            "backup-plan",
            new BackupPlanProps(
                environment.names(),
                config.backup(),
                foundations.map(Foundation::region),
                foundations.map(Foundation::vault),
                databases.backupSources()));
    RestoreTesting.of(environment, foundations, databases);
    Monitoring monitoring =
        new Monitoring(environment, foundations, entrances, databases, controllers.monitored());
    new ChangeNotices(
        environment, foundations, entrances, databases, zone, latch, routing, controllers);

    PaymentsDatabase active = databases.active();
    Recovery recovery = Recovery.of(environment);
    new StackOutputs(this)
        .text("primaryEndpoint", entrances.primary().loadBalancer().endpoint())
        .text("drEndpoint", entrances.dr().loadBalancer().endpoint())
        .text("serviceEndpoint", protocol() + zone.serviceDomainName())
        .list("hostedZoneNameServers", zone.delegation())
        .text("healthCheckStatus", routing.endpointHealthCheckIds().primary())
        .text("replicationLag", monitoring.replicationLagAlarmArns(active.generation()).dr())
        .text("primaryVpcId", foundations.primary().network().vpcId())
        .text("drVpcId", foundations.dr().network().vpcId())
        .text("primarySnsTopicArn", foundations.primary().topic().arn())
        .text("drSnsTopicArn", foundations.dr().topic().arn())
        .text("backupPlanId", backupPlans.primary().planId())
        .text("drBackupPlanId", backupPlans.dr().planId())
        .text("backupRoleArn", backupPlans.primary().roleArn())
        .list("deployedDatabases", Optional.of(databases.deployedIds()))
        .text("activeDatabase", active.generation().id())
        .text("retiringDatabase", databases.retiringId())
        .text("dynamoTableName", active.sessionTableName())
        .text("ledgerTableName", foundations.dr().ledger().name())
        .text("failoverAuditBucket", foundations.primary().auditArchive().bucketName())
        .text("drFailoverAuditBucket", foundations.dr().auditArchive().bucketName())
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

  /**
   * Route 53 is one for both Regions; signed in through DR, it is reachable without the primary.
   */
  private HostedZone zone() {
    HostedZone zone =
        new HostedZone(
            foundations.dr().region(),
            "zone",
            new HostedZoneProps(config.dns(), config.protectData()));
    if (zone.delegation().isPresent()) {
      foundations.map(foundation -> queryLog(foundation, zone));
    }
    return zone;
  }

  /** Where neither Region is the one that Route 53 writes in, there is none. */
  private Optional<QueryLog> queryLog(Foundation foundation, HostedZone zone) {
    return Optional.of(foundation.region())
        .filter(region -> region.name().equals(QueryLog.REGION_NAME))
        .map(
            region ->
                new QueryLog(
                    region,
                    "query-log",
                    new QueryLogProps(environment.names(), zone.zoneId(), foundation.keys())));
  }

  private TrafficRouting routing(
      HostedZone zone, TrafficLatch latch, RegionPair<Entrance> entrances) {
    return new TrafficRouting(
        foundations.dr().region(),
        "routing",
        new TrafficRoutingProps(
            environment.names(),
            config.dns(),
            config.failover(),
            zone,
            latch,
            entrances.map(entrance -> entrance.loadBalancer().dnsName()),
            config.compute().tls()));
  }
}
