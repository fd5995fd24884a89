package payments.dr.operations.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.console.Project;

/**
 * Finds the clusters of an environment: by the entry {@code payments-<environment>-<generation>} of
 * libpq's service file where there is one, otherwise in AWS.
 */
public final class Clusters {

  private final Environment environment;
  private final ServiceFile services;
  private final AwsClusters aws;
  private final Consumer<String> warnings;

  /**
   * @param aws asked only for a cluster without an entry
   * @param warnings is told of a server that will not be verified
   */
  Clusters(
      Environment environment, ServiceFile services, AwsClusters aws, Consumer<String> warnings) {
    this.environment = environment;
    this.services = services;
    this.aws = aws;
    this.warnings = warnings;
  }

  public static Clusters of(Project project, Environment environment) {
    return new Clusters(
        environment,
        ServiceFile.ofLibpq(),
        new AwsClusters(
            environment, new EnvironmentClients(() -> AwsAccess.of(project, environment))),
        warning -> System.err.println("dr: warning: " + warning));
  }

  /**
   * Returns the cluster in which a generation is written.
   *
   * @throws payments.dr.operations.console.BadInputException saying where it was looked for
   */
  public Cluster cluster(DatabaseGeneration generation) {
    GenerationSettings settings = environment.config().databases().of(generation);
    String service = service(generation);
    Optional<Map<String, String>> keywords = services.entry(service);
    if (keywords.isEmpty()) {
      return aws.cluster(generation);
    }
    ServiceEntry entry = ServiceEntry.of(service, keywords.get(), settings);
    Address address = entry.address();
    if (!address.isVerified()) {
      warnings.accept(
          "service %s has sslmode=%s: whoever answers as %s is believed"
              .formatted(service, address.sslMode(), address.host()));
    }
    return new LibpqCluster(
        generation.id(),
        address,
        address.hostAddress().isPresent() ? settings.port() : address.port(),
        PasswordFile.of(address, entry.passwordFile()));
  }

  /**
   * Returns a cluster that was restored from a snapshot of a generation.
   *
   * @throws payments.dr.operations.console.BadInputException when AWS does not find it
   */
  public Cluster restored(DatabaseGeneration generation, String region, String identifier) {
    return aws.restored(generation, region, identifier);
  }

  /**
   * Returns a cluster that stands outside the generation's global database, such as its writer
   * before it was detached.
   *
   * @throws payments.dr.operations.console.BadInputException when AWS does not find it, or it is a
   *     member
   */
  public Cluster detached(DatabaseGeneration generation, String region, String identifier) {
    return aws.detached(generation, region, identifier);
  }

  /**
   * Returns the Region in which a generation is written now, such as {@code us-east-1}, as AWS
   * tells.
   *
   * @throws payments.dr.operations.console.BadInputException when AWS does not say
   */
  public String writerRegion(DatabaseGeneration generation) {
    return aws.writerRegion(generation);
  }

  /** {@code payments-prod-v2}. */
  private String service(DatabaseGeneration generation) {
    return "payments-" + environment.name() + "-" + generation.id();
  }
}
