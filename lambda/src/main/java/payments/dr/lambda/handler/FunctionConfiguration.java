package payments.dr.lambda.handler;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import payments.dr.lambda.aws.DatabaseAddress;
import payments.dr.lambda.model.Policy;
import payments.dr.lambda.model.Site;

/**
 * What Terraform tells the function, by its environment variables.
 *
 * @param standsIn the Region that the function runs in: PRIMARY or DR
 * @param environmentPolicy the policy that the environment's settings ask for
 * @param ledgers names of the ledgers' tables
 * @param lease how a Region gets the right to write
 * @param auditBucket of this Region, for exported rows of the audit trail
 * @param metricsNamespace CloudWatch's, for what the function measures
 */
record FunctionConfiguration(
    String environment,
    Site standsIn,
    Policy environmentPolicy,
    PerRegion<String> regions,
    PerRegion<String> ledgers,
    Lease lease,
    Databases databases,
    Traffic traffic,
    Fleet fleet,
    PerRegion<String> latchBuckets,
    String auditBucket,
    PerRegion<String> topics,
    String eventBus,
    String metricsNamespace) {

  /**
   * The writer's lease.
   *
   * @param witness the third register, where two of three decide
   */
  record Lease(LeaseGrade grade, Optional<Witness> witness) {}

  /**
   * A ledger in a third Region.
   *
   * @param table its name
   */
  record Witness(String region, String table) {}

  /**
   * Where the data is; maps are by database generation.
   *
   * @param globalClusters identifiers
   * @param readers of this Region's clusters, to read only
   * @param writers of this Region's clusters, which write when this Region does
   * @param user who keeps the heartbeat, signed in by IAM
   * @param additionalRoots file with certificates to trust besides Amazon RDS's; only a local AWS,
   *     whose databases it signs for itself, names one
   */
  record Databases(
      Map<String, String> globalClusters,
      Map<String, DatabaseAddress> readers,
      Map<String, DatabaseAddress> writers,
      String user,
      Optional<Path> additionalRoots) {}

  /**
   * How customers get to a Region.
   *
   * @param nameServers the zone's own
   * @param externalRecord TXT record that says what Route 53's checkers see
   * @param serviceRecord the customers' name, a CNAME of a load balancer
   * @param probes URLs of the deep probe
   */
  record Traffic(
      List<String> nameServers,
      String externalRecord,
      String serviceRecord,
      PerRegion<String> loadBalancers,
      PerRegion<URI> probes) {}

  /**
   * The DR Region's machines.
   *
   * @param servingMinimum healthy targets with which it can serve
   * @param fullCapacity desired capacity to ask for before it serves
   */
  record Fleet(
      String targetGroupArn, String autoScalingGroup, int servingMinimum, int fullCapacity) {}

  /**
   * @throws IllegalArgumentException with every fault: variable, what is allowed and what was given
   */
  static FunctionConfiguration of(Map<String, String> environment) {
    Variables variables = new Variables(environment);
    FunctionConfiguration configuration = read(variables);
    variables.throwIfAny();
    return configuration;
  }

  /** The rules of the decision; the primary Region's function starts nothing by itself. */
  Policy policy() {
    return standsIn == Site.DR ? environmentPolicy : environmentPolicy.observing();
  }

  private static FunctionConfiguration read(Variables variables) {
    String environment = variables.text("ENVIRONMENT");
    return new FunctionConfiguration(
        environment,
        variables.choice("REGION_ROLE", inOrder("primary", Site.PRIMARY, "dr", Site.DR)),
        PolicyReader.read(environment, variables),
        pair(variables, "REGION"),
        pair(variables, "LEDGER_TABLE"),
        lease(variables),
        databases(variables),
        new Traffic(
            variables.servers("ZONE_NAME_SERVERS"),
            variables.text("EXTERNAL_RECORD"),
            variables.text("SERVICE_RECORD"),
            pair(variables, "LOAD_BALANCER"),
            new PerRegion<>(variables.url("PRIMARY_PROBE_URL"), variables.url("DR_PROBE_URL"))),
        new Fleet(
            variables.text("TARGET_GROUP_ARN"),
            variables.text("AUTO_SCALING_GROUP"),
            variables.number("SERVING_MINIMUM", 1),
            variables.number("FULL_CAPACITY", 1)),
        pair(variables, "LATCH_BUCKET"),
        variables.text("AUDIT_BUCKET"),
        pair(variables, "TOPIC_ARN"),
        variables.text("EVENT_BUS"),
        variables.text("METRICS_NAMESPACE"));
  }

  private static Lease lease(Variables variables) {
    Map<String, LeaseGrade> grades =
        inOrder("none", LeaseGrade.NONE, "best-effort", LeaseGrade.BEST_EFFORT);
    grades.put("majority", LeaseGrade.MAJORITY);
    LeaseGrade grade = variables.choice("LEASE_GRADE", grades);
    return new Lease(
        grade,
        grade == LeaseGrade.MAJORITY
            ? Optional.of(
                new Witness(variables.text("WITNESS_REGION"), variables.text("WITNESS_TABLE")))
            : Optional.empty());
  }

  private static Databases databases(Variables variables) {
    Map<String, String> clusters = variables.byGeneration("GLOBAL_CLUSTERS");
    Map<String, Integer> ports = variables.ofEach(clusters, "DATABASE_PORT", variables::port);
    Map<String, String> names =
        variables.ofEach(clusters, "DATABASE_NAME", FunctionConfiguration::asItIs);
    return new Databases(
        clusters,
        addresses(
            variables.ofEach(clusters, "DATABASE_HOSTS", FunctionConfiguration::asItIs),
            ports,
            names),
        addresses(
            variables.ofEach(clusters, "DATABASE_WRITER_HOSTS", FunctionConfiguration::asItIs),
            ports,
            names),
        variables.text("HEARTBEAT_USER"),
        variables.optional("ADDITIONAL_DATABASE_ROOTS").map(Path::of));
  }

  private static String asItIs(String name, String value) {
    return value;
  }

  private static Map<String, DatabaseAddress> addresses(
      Map<String, String> hosts, Map<String, Integer> ports, Map<String, String> names) {
    Map<String, DatabaseAddress> addresses = new LinkedHashMap<>();
    hosts.forEach(
        (generation, host) -> {
          if (ports.containsKey(generation) && names.containsKey(generation)) {
            addresses.put(
                generation,
                new DatabaseAddress(host, ports.get(generation), names.get(generation)));
          }
        });
    return addresses;
  }

  private static PerRegion<String> pair(Variables variables, String name) {
    return new PerRegion<>(variables.text("PRIMARY_" + name), variables.text("DR_" + name));
  }

  private static <T> Map<String, T> inOrder(String first, T a, String second, T b) {
    Map<String, T> choices = new LinkedHashMap<>();
    choices.put(first, a);
    choices.put(second, b);
    return choices;
  }
}
