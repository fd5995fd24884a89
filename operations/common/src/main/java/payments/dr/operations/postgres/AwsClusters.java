package payments.dr.operations.postgres;

import java.util.List;
import java.util.Optional;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.database.GenerationSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;

/**
 * Finds the writer of a generation in AWS, in whichever Region it is by now, and the
 * administrator's password in the DR Region, which keeps it.
 */
record AwsClusters(Environment environment, EnvironmentClients clients) {

  /**
   * @throws BadInputException when there is no such cluster, or AWS does not say
   */
  Cluster cluster(DatabaseGeneration generation) {
    return at(describe(writerArn(generation)), generation);
  }

  /**
   * A cluster that was restored from a snapshot of a generation's, which keeps its administrator.
   *
   * @throws BadInputException when there is no such cluster, or AWS does not say
   */
  Cluster restored(DatabaseGeneration generation, String region, String identifier) {
    return at(describe(region, identifier), generation);
  }

  /**
   * A cluster that stands outside the generation's global database.
   *
   * @throws BadInputException when there is no such cluster, it is a member, or AWS does not say
   */
  Cluster detached(DatabaseGeneration generation, String region, String identifier) {
    DBCluster cluster = describe(region, identifier);
    String global = global(generation);
    for (GlobalClusterMember member : members(global, environment.config().regions().dr().name())) {
      if (member.dbClusterArn().equals(cluster.dbClusterArn())) {
        throw new BadInputException(
            "cluster %s in %s must stand outside of %s, got a member, which holds what the writer has"
                .formatted(identifier, region, global));
      }
    }
    return at(cluster, generation);
  }

  private Cluster at(DBCluster cluster, DatabaseGeneration generation) {
    String dr = environment.config().regions().dr().name();
    GenerationSettings settings = environment.config().databases().of(generation);
    Optional<LocalServers.Server> local =
        clients.localServers().flatMap(servers -> servers.behind(cluster.endpoint()));
    Address address =
        new Address(
            cluster.endpoint(),
            local.map(LocalServers.Server::address),
            cluster.port(),
            settings.databaseName(),
            settings.masterUsername(),
            Address.VERIFIED,
            local
                .map(LocalServers.Server::rootCertificate)
                .or(() -> RootFile.ofHost(cluster.endpoint())));
    String secret = environment.names().global("db-password" + generation.nameSuffix());
    return new LibpqCluster(
        generation.id(),
        address,
        cluster.port(),
        new SecretPassword(() -> clients.secrets(dr), secret, dr, address));
  }

  /**
   * The Region of the member that writes, such as {@code us-east-1}.
   *
   * @throws BadInputException when there is no such cluster
   * @throws CommandFailedException when AWS does not say
   */
  String writerRegion(DatabaseGeneration generation) {
    return region(writerArn(generation));
  }

  /** Such as {@code arn:aws:rds:us-east-1:123456789012:cluster:primary-db-cluster-prod}. */
  private String writerArn(DatabaseGeneration generation) {
    String global = global(generation);
    return members(global, environment.config().regions().dr().name()).stream()
        .filter(GlobalClusterMember::isWriter)
        .findFirst()
        .orElseThrow(
            () -> new BadInputException("global database " + global + " must have a writer"))
        .dbClusterArn();
  }

  /** {@code global-db-v2-prod}. */
  private String global(DatabaseGeneration generation) {
    return environment.names().global("global-db" + generation.nameSuffix());
  }

  private static String region(String arn) {
    return arn.split(":")[3];
  }

  private List<GlobalClusterMember> members(String global, String region) {
    try (RdsClient rds = clients.rds(region)) {
      return rds
          .describeGlobalClusters(request -> request.globalClusterIdentifier(global))
          .globalClusters()
          .stream()
          .flatMap(cluster -> cluster.globalClusterMembers().stream())
          .toList();
    } catch (SdkException e) {
      throw notFound("global database " + global, region, e);
    }
  }

  private DBCluster describe(String arn) {
    return describe(region(arn), arn.split(":")[6]);
  }

  private DBCluster describe(String region, String identifier) {
    try (RdsClient rds = clients.rds(region)) {
      return rds.describeDBClusters(request -> request.dbClusterIdentifier(identifier))
          .dbClusters()
          .get(0);
    } catch (SdkException e) {
      throw notFound("cluster " + identifier, region, e);
    }
  }

  private RuntimeException notFound(String what, String region, SdkException e) {
    String message =
        "%s of %s must be found in %s, or have an entry in libpq's service file, got \"%s\""
            .formatted(what, environment.name(), region, AwsCallException.said(e));
    return AwsCallException.in(e).isPresent()
        ? new CommandFailedException(message, e)
        : new BadInputException(message);
  }
}
