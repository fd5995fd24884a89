package payments.dr.lambda.handler;

import java.net.MalformedURLException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import javax.net.ssl.SSLSocketFactory;
import payments.dr.lambda.aws.AuditBucket;
import payments.dr.lambda.aws.AwsActuators;
import payments.dr.lambda.aws.AwsClients;
import payments.dr.lambda.aws.AwsNotifier;
import payments.dr.lambda.aws.AwsProbes;
import payments.dr.lambda.aws.Bounds;
import payments.dr.lambda.aws.Capacity;
import payments.dr.lambda.aws.Channel;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.lambda.aws.DatabaseSignIn;
import payments.dr.lambda.aws.EngineVersion;
import payments.dr.lambda.aws.GlobalClusters;
import payments.dr.lambda.aws.Heartbeat;
import payments.dr.lambda.aws.IamPassword;
import payments.dr.lambda.aws.JsonLog;
import payments.dr.lambda.aws.LatchObject;
import payments.dr.lambda.aws.Metrics;
import payments.dr.lambda.aws.MoveMetrics;
import payments.dr.lambda.aws.NameServers;
import payments.dr.lambda.aws.NamedSocketFactory;
import payments.dr.lambda.aws.Probe;
import payments.dr.lambda.aws.Promotions;
import payments.dr.lambda.aws.Readiness;
import payments.dr.lambda.aws.Replica;
import payments.dr.lambda.aws.SystemClock;
import payments.dr.lambda.aws.ZoneRecords;
import payments.dr.lambda.lease.BestEffortLease;
import payments.dr.lambda.lease.MajorityLease;
import payments.dr.lambda.lease.NoLease;
import payments.dr.lambda.model.Site;
import payments.dr.lambda.port.Actuators;
import payments.dr.lambda.port.AuditArchive;
import payments.dr.lambda.port.Notifier;
import payments.dr.lambda.port.WriterLease;
import payments.dr.ledger.DynamoDbLedger;
import payments.dr.ledger.Ledger;
import payments.dr.ledger.lease.ClockError;
import payments.dr.ledger.lease.LeaseRegisters;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/** Makes the adapters of one configuration. Nothing is called and no socket opened here. */
record Wiring(
    FunctionConfiguration configuration, AwsClients aws, ExecutorService threads, JsonLog log) {

  Ledger ownLedger() {
    return ledger(configuration.standsIn(), Bounds.LEDGER);
  }

  /** The same, for what nobody waits for: it is asked again later. */
  Ledger exportedLedger() {
    return ledger(configuration.standsIn(), Bounds.LOOK);
  }

  /** For the primary Region's controller, which watches the one that decides; it may be dark. */
  Optional<Ledger> drLedger() {
    return configuration.standsIn() == Site.PRIMARY
        ? Optional.of(ledger(Site.DR, Bounds.DARK))
        : Optional.empty();
  }

  AuditArchive archive() {
    return new AuditBucket(
        aws.client(S3Client.builder(), ownRegion(), Bounds.LOOK), configuration.auditBucket());
  }

  /** Asked in every tick before anything else is, in Regions that may be dark. */
  WriterLease lease() {
    FunctionConfiguration.Lease lease = configuration.lease();
    return switch (lease.grade()) {
      case NONE -> new NoLease(bestEffort());
      case BEST_EFFORT -> bestEffort();
      case MAJORITY -> majority(lease.witness().orElseThrow());
    };
  }

  private BestEffortLease bestEffort() {
    return new BestEffortLease(ledger(Site.PRIMARY, Bounds.DARK));
  }

  private MajorityLease majority(FunctionConfiguration.Witness witness) {
    ClockError clockError = new ClockError(new SystemClock());
    Site other = configuration.standsIn() == Site.DR ? Site.PRIMARY : Site.DR;
    return new MajorityLease(
        new LeaseRegisters(
            register(ownRegion(), configuration.ledgers().in(configuration.standsIn()), clockError),
            register(region(other), configuration.ledgers().in(other), clockError),
            register(witness.region(), witness.table(), clockError),
            threads),
        new MajorityLease.Regions(region(Site.PRIMARY), drRegion(), ownRegion()),
        bestEffort(),
        clockError);
  }

  private Ledger register(String region, String table, ClockError clockError) {
    DynamoDbClientBuilder client =
        DynamoDbClient.builder()
            .overrideConfiguration(stamps -> stamps.addExecutionInterceptor(clockError));
    return new DynamoDbLedger(aws.client(client, region, Bounds.DARK), table);
  }

  AwsProbes probes() {
    FunctionConfiguration.Traffic traffic = configuration.traffic();
    return new AwsProbes(
        new AwsProbes.Eyes(
            new ZoneRecords(
                new NameServers(traffic.nameServers()),
                traffic.externalRecord(),
                traffic.serviceRecord(),
                traffic.loadBalancers().primary(),
                traffic.loadBalancers().dr()),
            probe(traffic.probes().primary()),
            probe(traffic.probes().dr()),
            new Readiness(
                aws.client(ElasticLoadBalancingV2Client.builder(), drRegion(), Bounds.LOOK),
                configuration.fleet().targetGroupArn(),
                configuration.fleet().servingMinimum()),
            clusters(),
            version(Site.PRIMARY, Bounds.DARK),
            version(Site.DR, Bounds.LOOK),
            new Replica(
                database(), drRegion(), configuration.databases().readers(), new SystemClock()),
            latch(Site.PRIMARY, Bounds.DARK),
            latch(Site.DR, Bounds.LATCH)),
        threads,
        AwsProbes.LIMIT,
        log);
  }

  Actuators actuators() {
    return new AwsActuators(
        new Capacity(
            aws.client(AutoScalingClient.builder(), drRegion(), Bounds.PREPARE),
            configuration.fleet().autoScalingGroup(),
            configuration.fleet().fullCapacity()),
        new Promotions(
            clusters(),
            aws.client(RdsClient.builder(), region(Site.PRIMARY), Bounds.PROMOTE),
            aws.client(RdsClient.builder(), drRegion(), Bounds.PROMOTE)),
        latch(Site.PRIMARY, Bounds.PREPARE),
        latch(Site.DR, Bounds.LATCH),
        log);
  }

  Notifier notifier() {
    return new AwsNotifier(
        configuration.environment(),
        List.of(
            topic(Site.PRIMARY),
            topic(Site.DR),
            new Channel.Bus(
                aws.client(EventBridgeClient.builder(), ownRegion(), Bounds.NOTICE),
                configuration.eventBus())),
        new MoveMetrics(metrics(), configuration.policy().shortestDetection()),
        threads,
        new SystemClock(),
        log);
  }

  Metrics metrics() {
    return new Metrics(
        aws.client(CloudWatchClient.builder(), ownRegion(), Bounds.LOOK),
        configuration.metricsNamespace(),
        configuration.environment(),
        log);
  }

  Heartbeat heartbeat() {
    return new Heartbeat(
        database(), configuration.databases().writers(), ownRegion(), new SystemClock(), log);
  }

  String ownRegion() {
    return region(configuration.standsIn());
  }

  private Ledger ledger(Site site, Bounds bounds) {
    return new DynamoDbLedger(
        aws.client(DynamoDbClient.builder(), region(site), bounds),
        configuration.ledgers().in(site));
  }

  private GlobalClusters clusters() {
    return new GlobalClusters(
        aws.client(RdsClient.builder(), ownRegion(), Bounds.LOOK),
        configuration.databases().globalClusters(),
        region(Site.PRIMARY),
        drRegion());
  }

  private EngineVersion version(Site site, Bounds bounds) {
    return new EngineVersion(
        aws.client(RdsClient.builder(), region(site), bounds), clusters(), site, new SystemClock());
  }

  private LatchObject latch(Site site, Bounds acting) {
    return new LatchObject(
        aws.client(S3Client.builder(), region(site), Bounds.LOOK),
        aws.client(S3Client.builder(), region(site), acting),
        configuration.latchBuckets().in(site));
  }

  private Channel topic(Site site) {
    return new Channel.Topic(
        aws.client(SnsClient.builder(), region(site), Bounds.NOTICE),
        configuration.topics().in(site));
  }

  private DatabaseSignIn database() {
    FunctionConfiguration.Databases databases = configuration.databases();
    return new DatabaseSignIn(
        databases.user(),
        new IamPassword(aws.credentials(), ownRegion(), databases.user()),
        roots(databases));
  }

  private DatabaseRoots roots(FunctionConfiguration.Databases databases) {
    DatabaseRoots ofRegion = DatabaseRoots.of(ownRegion());
    return databases.additionalRoots().map(ofRegion::and).orElse(ofRegion);
  }

  private Probe probe(URI url) {
    SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try {
      return new Probe(
          url.toURL(),
          new NamedSocketFactory(sockets, configuration.traffic().serviceRecord()),
          threads);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("probe must be a URL, got \"" + url + "\"", e);
    }
  }

  private String drRegion() {
    return region(Site.DR);
  }

  private String region(Site site) {
    return configuration.regions().in(site);
  }
}
