package payments.dr.operations.rehearse;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.database.GenerationsSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.environment.EnvironmentConfig;
import payments.dr.configuration.environment.RehearsalSettings;
import payments.dr.configuration.network.NatGateways;
import payments.dr.operations.console.BadInputException;

/**
 * What an environment costs while it exists: what is paid by the hour, and a share for the rest.
 */
record Cost(Prices prices, EnvironmentConfig config) {

  /**
   * Keys, alarms, metric streams, queries, logs, backups, the firewall. docs/reference/cost.md has
   * a fifth of the items below for them in dev.
   */
  private static final double OTHERS = 1.25;

  /** Starts of the controller overlap, by the table of costs. */
  private static final double CONTROLLERS_AWAKE = 2.083;

  private static final int HOUR = 3600;
  private static final int REGIONS = 2;

  /** US dollars for each hour. */
  double perHour() {
    return OTHERS * (databases() + fleets() + network() + controllers());
  }

  /**
   * Refuses what must not be rehearsed.
   *
   * @param expected how long all steps may take together
   * @throws BadInputException when data is protected, or there is no bound, or it is too low
   */
  static void refuse(Environment environment, double perHour, Duration expected) {
    EnvironmentConfig config = environment.config();
    if (config.protectData()) {
      throw new BadInputException(
          "protectData in %s must be false for a rehearsal, which ends with a destroy, got true"
              .formatted(environment.file()));
    }
    RehearsalSettings bound = config.rehearsal();
    if (bound == null) {
      throw new BadInputException(
          "rehearsal in %s must bound what a rehearsal may spend, in maxDollars and maxHours, got none"
              .formatted(environment.file()));
    }
    if (expected.compareTo(Duration.ofHours(bound.maxHours())) > 0) {
      throw new BadInputException(
          "rehearsal.maxHours in %s must be at least %d, which the steps may take, got %d"
              .formatted(environment.file(), expected.plusMinutes(59).toHours(), bound.maxHours()));
    }
    double most = perHour * bound.maxHours();
    if (most > bound.maxDollars()) {
      throw new BadInputException(
          "rehearsal.maxDollars in %s must be at least %.0f, which %d hours cost, got %d"
              .formatted(
                  environment.file(), Math.ceil(most), bound.maxHours(), bound.maxDollars()));
    }
  }

  private double databases() {
    GenerationsSettings databases = config.databases();
    return databases.deployed().stream()
        .map(databases::of)
        .flatMap(generation -> Stream.of(generation.primary(), generation.dr()))
        .mapToDouble(
            cluster ->
                cluster.instances()
                    * prices.of("hourly", "databaseInstance", cluster.instanceClass()))
        .sum();
  }

  /** At the most that the fleets may grow to, which a failover does to one. */
  private double fleets() {
    var compute = config.compute();
    int instances = REGIONS * compute.maxInstances() + compute.dr().reservedInstances();
    return instances * prices.of("hourly", "instance", compute.instanceType());
  }

  private double network() {
    List<Integer> zones =
        Stream.of(config.regions().primary(), config.regions().dr())
            .map(region -> region.availabilityZones().size())
            .toList();
    int gateways =
        zones.stream()
            .mapToInt(count -> config.network().natGateways() == NatGateways.SINGLE ? 1 : count)
            .sum();
    int addresses = gateways + zones.stream().mapToInt(count -> count).sum();
    return gateways * prices.of("hourly", "natGateway")
        + addresses * prices.of("hourly", "publicAddress")
        + REGIONS
            * (prices.of("hourly", "loadBalancer")
                + prices.of("hourly", "loadBalancerCapacityUnit"));
  }

  private double controllers() {
    return REGIONS * CONTROLLERS_AWAKE * HOUR * prices.of("functionGibibyteSecond");
  }
}
