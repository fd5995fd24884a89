package payments.dr.operations.doctor;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.environment.Account;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.environment.Witness;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.network.NatGateways;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.state.StateBackend;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.doctor.account.BackupOptIn;
import payments.dr.operations.doctor.account.CapacityUnits;
import payments.dr.operations.doctor.account.CodeStorage;
import payments.dr.operations.doctor.account.Credentials;
import payments.dr.operations.doctor.account.DatabaseOffered;
import payments.dr.operations.doctor.account.DatabaseQuotas;
import payments.dr.operations.doctor.account.ElasticAddresses;
import payments.dr.operations.doctor.account.FunctionConcurrency;
import payments.dr.operations.doctor.account.HostedZone;
import payments.dr.operations.doctor.account.InstanceQuota;
import payments.dr.operations.doctor.account.InstanceTypeOffered;
import payments.dr.operations.doctor.account.LoadBalancers;
import payments.dr.operations.doctor.account.MachineImage;
import payments.dr.operations.doctor.account.NameServers;
import payments.dr.operations.doctor.account.PinnedImage;
import payments.dr.operations.doctor.account.RegionEnabled;
import payments.dr.operations.doctor.account.StateBucket;
import payments.dr.operations.doctor.account.Vpcs;
import payments.dr.operations.doctor.account.Zones;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.deployment.Alarms;
import payments.dr.operations.doctor.deployment.AlertSubscriptions;
import payments.dr.operations.doctor.deployment.CertificateShown;
import payments.dr.operations.doctor.deployment.ControllerStarts;
import payments.dr.operations.doctor.deployment.Deployed;
import payments.dr.operations.doctor.deployment.EngineVersionsEqual;
import payments.dr.operations.doctor.deployment.FunctionActive;
import payments.dr.operations.doctor.deployment.HeartbeatRead;
import payments.dr.operations.doctor.deployment.LastDrill;
import payments.dr.operations.doctor.deployment.LeaseRenewed;
import payments.dr.operations.doctor.deployment.MetricsArrive;
import payments.dr.operations.doctor.deployment.NoLeaseLeft;
import payments.dr.operations.doctor.deployment.RecoveryPoints;
import payments.dr.operations.doctor.deployment.Register;
import payments.dr.operations.doctor.deployment.RestoreTestLeftovers;
import payments.dr.operations.doctor.deployment.SecretReplica;
import payments.dr.operations.doctor.deployment.TestAlarm;
import payments.dr.operations.doctor.deployment.WakeUpSource;

/** Lists what is asked for one environment, by its settings and its names. */
final class Checks {

  /** As {@code modules.failover} names the controller's metrics. */
  private static final String METRICS = "PaymentsDr";

  private final Environment environment;
  private final EnvironmentConfig config;
  private final ResourceNames names;
  private final Account account;
  private final NameServers nameServers;
  private final InstantSource clock;

  Checks(Environment environment, Account account, NameServers nameServers, InstantSource clock) {
    this.environment = environment;
    this.config = environment.config();
    this.names = environment.names();
    this.account = account;
    this.nameServers = nameServers;
    this.clock = clock;
  }

  /** Whose account this is, by the STS of one Region. */
  Check credentials(RegionRole role) {
    return new Credentials(
        region(role), account.config().id(), "main/accounts/" + account.name() + ".yaml");
  }

  /**
   * What a deployment of some stacks needs.
   *
   * @throws BadInputException for a stack that is not deployed with the environment
   */
  List<Check> before(List<String> stacks) {
    List<String> known = known();
    stacks.stream()
        .filter(stack -> !known.contains(stack))
        .findFirst()
        .ifPresent(
            stack -> {
              throw new BadInputException(
                  "--before must be one of %s, got \"%s\""
                      .formatted(String.join(", ", known), stack));
            });
    List<Check> checks = new ArrayList<>(ofRegions(this::enabled));
    environment
        .witness()
        .filter(witness -> stacks.contains(witness.stackName()))
        .ifPresent(witness -> checks.addAll(ofWitnessStack(witness)));
    if (stacks.contains(account.stackName())) {
      checks.addAll(ofAccountStack());
    }
    if (stacks.contains(environment.stackName())) {
      checks.addAll(ofEnvironmentStack());
    }
    return List.copyOf(checks);
  }

  /** What a deployment of all stacks needs that are deployed with the environment. */
  List<Check> before() {
    return before(known());
  }

  /** In the order in which they are deployed. */
  private List<String> known() {
    return Stream.of(
            Stream.of(account.stackName()),
            environment.witness().map(Witness::stackName).stream(),
            Stream.of(environment.stackName()))
        .flatMap(names -> names)
        .toList();
  }

  /** Whether the checks of a deployment have anything to ask. */
  Check deployed() {
    return new Deployed(
        region(RegionRole.DR),
        names.regional(RegionRole.DR, "ledger"),
        environment.stackName(),
        account.config().id());
  }

  /** What must be so once the environment is deployed. */
  List<Check> ofDeployment() {
    List<Check> checks = new ArrayList<>(ofRegions(this::running));
    for (DatabaseGeneration generation : config.databases().deployed()) {
      checks.add(
          new EngineVersionsEqual(
              region(RegionRole.DR),
              generation.id(),
              names.global("global-db" + generation.nameSuffix())));
      checks.add(
          new SecretReplica(
              region(RegionRole.DR),
              region(RegionRole.PRIMARY),
              generation.id(),
              names.global("db-password" + generation.nameSuffix()),
              account.config().id()));
    }
    if (!config.localAws()) { // which publishes no metrics of its services
      checks.add(
          new MetricsArrive(
              Map.of(
                  region(RegionRole.PRIMARY), topic(RegionRole.PRIMARY),
                  region(RegionRole.DR), topic(RegionRole.DR)),
              clock));
    }
    environment.witness().ifPresent(witness -> checks.add(deployed(witness)));
    leases().forEach(checks::add);
    checks.add(
        new LastDrill(
            environment.name(),
            environment.measurements(),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)));
    return List.copyOf(checks);
  }

  /** The one check that writes, in both Regions. */
  List<Check> testAlarms() {
    return ofRegions(
        role ->
            List.of(
                new TestAlarm(
                    region(role),
                    account.config().id(),
                    names.regional(role, "test-alarm"),
                    topic(role),
                    clock,
                    Checks::second)));
  }

  /** All that change nothing. */
  List<Check> all() {
    return Stream.of(
            List.of(credentials(RegionRole.DR)), before(), List.of(deployed()), ofDeployment())
        .flatMap(List::stream)
        .toList();
  }

  private List<Check> ofAccountStack() {
    List<Check> checks = new ArrayList<>();
    stateBucket(account.backend(account.stackName()), account.stackName()).ifPresent(checks::add);
    checks.addAll(new BaselineChecks(account).all());
    return checks;
  }

  private List<Check> ofWitnessStack(Witness witness) {
    List<Check> checks = new ArrayList<>();
    checks.add(new RegionEnabled(witness.region(), region(RegionRole.DR)));
    stateBucket(witness.backend(), witness.stackName()).ifPresent(checks::add);
    return checks;
  }

  private Check deployed(Witness witness) {
    return new Deployed(
        witness.region(), witness.tableName(), witness.stackName(), account.config().id());
  }

  private Stream<Check> leases() {
    return environment
        .leaseWitness()
        .map(
            witness ->
                Stream.concat(
                    ledgers().map(ledger -> renewed(ledger, environment.stackName())),
                    Stream.of(renewed(register(witness), witness.stackName()))))
        .orElseGet(
            () ->
                Stream.concat(ledgers(), environment.witness().stream().map(this::register))
                    .map(NoLeaseLeft::new));
  }

  private Check renewed(Register register, String stack) {
    return new LeaseRenewed(register, stack, clock);
  }

  private Stream<Register> ledgers() {
    return Stream.of(RegionRole.values())
        .map(role -> register(region(role), names.regional(role, "ledger")));
  }

  private Register register(Witness witness) {
    return register(witness.region(), witness.tableName());
  }

  private Register register(String region, String table) {
    return new Register(region, table, account.config().id());
  }

  private List<Check> ofEnvironmentStack() {
    List<Check> checks = new ArrayList<>();
    stateBucket(environment.backend(environment.stackName()), environment.stackName())
        .ifPresent(checks::add);
    checks.add(
        new HostedZone(
            config.dns(), config.localAws() ? Optional.empty() : Optional.of(nameServers)));
    checks.addAll(ofRegions(this::offered));
    return checks;
  }

  private Optional<Check> stateBucket(StateBackend backend, String stack) {
    return backend instanceof StateBackend.S3 s3
        ? Optional.of(new StateBucket(s3.region(), s3.bucket(), stack, environment.name()))
        : Optional.empty();
  }

  private List<Check> enabled(RegionRole role) {
    return List.of(new RegionEnabled(region(role), region(role.other())));
  }

  private List<Check> offered(RegionRole role) {
    RegionSettings region = config.regions().get(role);
    List<Check> checks = new ArrayList<>();
    checks.add(new Zones(region));
    checks.add(new InstanceTypeOffered(region, config.compute().instanceType()));
    checks.add(image(role));
    checks.add(instanceQuota(role));
    config.databases().deployed().forEach(generation -> checks.add(offered(generation, role)));
    checks.add(new Vpcs(region.name(), names.regional(role, "vpc")));
    checks.add(new ElasticAddresses(region.name(), addresses(role)));
    checks.add(new LoadBalancers(region.name(), names.regional(role, "alb")));
    config
        .compute()
        .loadBalancerCapacityUnits(role)
        .ifPresent(units -> checks.add(new CapacityUnits(region.name(), units)));
    checks.add(new DatabaseQuotas(region.name(), instances(role)));
    checks.add(
        new FunctionConcurrency(
            region.name(),
            function(),
            account.config().id(),
            config.failover().reservedConcurrency()));
    checks.add(new CodeStorage(region.name(), function()));
    checks.add(new BackupOptIn(region.name(), account.stackName(), environment.name()));
    return checks;
  }

  private Check image(RegionRole role) {
    RegionPair<String> images = config.compute().imageIds();
    if (images == null) {
      return new MachineImage(region(role), config.compute().imageParameter());
    }
    RegionRole other = role.other();
    return new PinnedImage(region(role), images.get(role), region(other), images.get(other));
  }

  private Check instanceQuota(RegionRole role) {
    return new InstanceQuota(
        region(role),
        config.compute().instanceType(),
        config.compute().size(role).max(),
        names.regional(role, "application"));
  }

  private Check offered(DatabaseGeneration generation, RegionRole role) {
    GenerationSettings settings = config.databases().of(generation);
    return new DatabaseOffered(
        config.regions().get(role),
        generation.id(),
        cluster(generation, role),
        settings.engineVersion(),
        settings.clusters().get(role).instanceClass(),
        "databases." + generation.id() + "." + role.id());
  }

  private List<Check> running(RegionRole role) {
    String region = region(role);
    String topic = topic(role);
    List<Check> checks = new ArrayList<>();
    checks.add(new FunctionActive(region, function(), account.config().id()));
    if (!config.localAws()) { // which counts no invocations
      checks.add(new ControllerStarts(region, function(), clock));
    }
    if (role == RegionRole.DR) { // where alarms wake it
      checks.add(
          new WakeUpSource(
              region,
              function(),
              "arn:aws:sqs:%s:%s:%s.fifo"
                  .formatted(
                      region, account.config().id(), names.regional(role, "failover-wake-ups"))));
    }
    if (!config.localAws() && role == RegionRole.DR) { // the other one is idle after a failover
      checks.add(
          new HeartbeatRead(
              region,
              METRICS,
              environment.name(),
              Duration.ofSeconds(config.failover().rpoTargetSeconds()),
              clock));
    }
    if (config.compute().tls()) {
      checks.add(
          new CertificateShown(region, names.regional(role, "alb"), account.config().id(), clock));
    }
    checks.add(new Alarms(region, topic));
    checks.add(new AlertSubscriptions(region, topic));
    checks.add(
        new RecoveryPoints(
            region, names.regional(role, "backup-vault"), account.config().id(), clock));
    if (config.backup().restoreTest() != null && role == RegionRole.DR) {
      // As modules.backup names it.
      checks.add(
          new RestoreTestLeftovers(
              region, names.global("restore-tests").replace('-', '_'), account.config().id()));
    }
    return checks;
  }

  private String topic(RegionRole role) {
    return "arn:aws:sns:%s:%s:%s"
        .formatted(region(role), account.config().id(), names.regional(role, "alerts"));
  }

  /** As {@code modules.network.Routing} tags them. */
  private Set<String> addresses(RegionRole role) {
    List<String> zones = config.regions().get(role).availabilityZones();
    int gateways = config.network().natGateways() == NatGateways.SINGLE ? 1 : zones.size();
    return zones.stream()
        .limit(gateways)
        .map(zone -> names.regional(role, "nat-" + zone))
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<String, Integer> instances(RegionRole role) {
    Map<String, Integer> instances = new LinkedHashMap<>();
    config
        .databases()
        .deployed()
        .forEach(
            generation ->
                instances.put(
                    cluster(generation, role),
                    config.databases().of(generation).clusters().get(role).instances()));
    return instances;
  }

  /** As {@code modules.database.GenerationProps} names it. */
  private String cluster(DatabaseGeneration generation, RegionRole role) {
    return names.regional(
        role,
        "db-cluster"
            + generation.nameSuffix()
            + config.databases().of(generation).clusters().get(role).nameSuffix());
  }

  private String function() {
    return names.global("failover-lambda");
  }

  private String region(RegionRole role) {
    return config.regions().get(role).name();
  }

  private static List<Check> ofRegions(Function<RegionRole, List<Check>> checks) {
    return Stream.of(RegionRole.values()).flatMap(role -> checks.apply(role).stream()).toList();
  }

  /** Waits for a second, or for less when the command is interrupted. */
  private static void second() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
