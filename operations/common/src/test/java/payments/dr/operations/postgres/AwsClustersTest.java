package payments.dr.operations.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.configuration.environment.Environment;
import payments.dr.lambda.aws.DatabaseRoots;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.AwsCallException;
import payments.dr.operations.aws.LocalAws;
import payments.dr.operations.aws.Obstacle;
import payments.dr.operations.aws.StandInAws;
import payments.dr.operations.console.BadInputException;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.testing.Environments;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClustersResponse;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersRequest;
import software.amazon.awssdk.services.rds.model.DescribeGlobalClustersResponse;
import software.amazon.awssdk.services.rds.model.GlobalCluster;
import software.amazon.awssdk.services.rds.model.GlobalClusterMember;
import software.amazon.awssdk.services.rds.model.GlobalClusterNotFoundException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

class AwsClustersTest {

  private static final Environment LOCAL = Environments.local();

  /** What was asked for, and where. */
  private final List<String> asked = new ArrayList<>();

  @Test
  void the_writer_is_whichever_member_writes() {
    LibpqCluster cluster = cluster(DatabaseGeneration.V2);

    assertEquals(
        List.of(
            "us-east-2 global-db-v2-local",
            // The roles have been swapped.
            "us-east-2 dr-db-cluster-v2-local"),
        asked);
    assertEquals("dbadmin@writer.us-east-2.rds.amazonaws.com:6432/paymentsdb", at(cluster));
  }

  @Test
  void the_region_that_writes_is_the_writers() {
    assertEquals(
        "us-east-2",
        new AwsClusters(LOCAL, new SwappedClusters()).writerRegion(DatabaseGeneration.V1));
  }

  @Test
  void names_of_v1_have_no_suffix() {
    cluster(DatabaseGeneration.V1).password().read();

    assertEquals("us-east-2 global-db-local", asked.get(0));
    assertEquals("us-east-2 db-password-local", asked.get(2));
  }

  @Test
  void the_server_is_verified_by_us_and_by_its_peer() throws IOException {
    LibpqCluster cluster = cluster(DatabaseGeneration.V2);

    assertEquals("verify-full", cluster.address().sslMode());
    assertEquals("verify-full", cluster.peerKeywords().get("sslmode"));
    assertEquals("/rdsdbdata/rds-metadata/ca-cert.pem", cluster.peerKeywords().get("sslrootcert"));
    Path roots = Path.of(cluster.program(List.of("psql")).environment().get("PGSSLROOTCERT"));
    assertEquals(DatabaseRoots.of("us-east-2").pem(), Files.readString(roots));
  }

  @Test
  void the_password_reaches_a_program_in_a_file_for_its_owner_only() throws IOException {
    ProcessBuilder program = cluster(DatabaseGeneration.V2).program(List.of("pg_dump"));

    Path file = Path.of(program.environment().get("PGPASSFILE"));
    assertEquals(
        "writer.us-east-2.rds.amazonaws.com:6432:*:dbadmin:open\\:sesame\n",
        Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertFalse(program.environment().toString().contains("sesame"), "in the environment");
    assertEquals(List.of("pg_dump"), program.command());
  }

  @Test
  void the_password_is_in_no_text_form() {
    LibpqCluster cluster = cluster(DatabaseGeneration.V2);
    cluster.password().read();

    assertFalse(("" + cluster + cluster.password()).contains("sesame"));
  }

  @Test
  void cluster_outside_of_the_global_database_is_reached() {
    Cluster cluster =
        new AwsClusters(LOCAL, new SwappedClusters())
            .detached(DatabaseGeneration.V2, "us-east-1", "restored");

    assertEquals(
        "dbadmin@writer.us-east-1.rds.amazonaws.com:6432/paymentsdb", at((LibpqCluster) cluster));
  }

  /** Aurora has filled it anew from the writer: whatever was lost is no more in it. */
  @Test
  void member_of_the_global_database_is_no_detached_cluster() {
    String said =
        assertThrows(
                BadInputException.class,
                () ->
                    new AwsClusters(LOCAL, new SwappedClusters())
                        .detached(
                            DatabaseGeneration.V2, "us-east-1", "primary-db-cluster-v2-local"))
            .getMessage();

    assertEquals(
        "cluster primary-db-cluster-v2-local in us-east-1 must stand outside of"
            + " global-db-v2-local, got a member, which holds what the writer has",
        said);
  }

  @Test
  void a_cluster_that_is_not_there_is_told_with_the_way_out() {
    AwsClusters none = new AwsClusters(LOCAL, new NoClusters());

    String said =
        assertThrows(BadInputException.class, () -> none.cluster(DatabaseGeneration.V2))
            .getMessage();

    assertTrue(
        said.startsWith(
            "global database global-db-v2-local of local must be found in us-east-2, or have an"
                + " entry in libpq's service file"),
        said);
  }

  @Test
  void refusal_is_not_told_as_bad_input() {
    try (StandInAws aws = StandInAws.start()) {
      aws.on("us-east-2/rds", StandInAws.Answer.xmlFault(403, "AccessDenied", "not authorized"));
      AwsClusters clusters =
          new AwsClusters(
              LOCAL,
              new EnvironmentClients(() -> AwsAccess.local(aws.endpoint(), LocalAws.REGIONS)));

      CommandFailedException failed =
          assertThrows(CommandFailedException.class, () -> clusters.cluster(DatabaseGeneration.V2));

      assertEquals(
          Optional.of(Obstacle.REFUSED),
          AwsCallException.in(failed).map(AwsCallException::obstacle));
      assertTrue(
          failed
              .getMessage()
              .endsWith(
                  "got \"refusal of DescribeGlobalClusters of Rds in us-east-2: HTTP 403,"
                      + " AccessDenied: not authorized\""),
          failed.getMessage());
    }
  }

  private static AwsAccess nowhere() {
    return new AwsAccess(Optional.empty(), AnonymousCredentialsProvider.create(), List.of());
  }

  private LibpqCluster cluster(DatabaseGeneration generation) {
    return (LibpqCluster) new AwsClusters(LOCAL, new SwappedClusters()).cluster(generation);
  }

  private static String at(LibpqCluster cluster) {
    return cluster.address().toString();
  }

  /** A global database whose DR cluster writes. */
  private final class SwappedClusters extends EnvironmentClients {

    SwappedClusters() {
      super(AwsClustersTest::nowhere);
    }

    @Override
    RdsClient rds(String region) {
      return new FakeRds() {
        @Override
        public DescribeGlobalClustersResponse describeGlobalClusters(
            DescribeGlobalClustersRequest request) {
          String global = request.globalClusterIdentifier();
          asked.add(region + " " + global);
          String suffix = global.substring("global-db".length());
          return DescribeGlobalClustersResponse.builder()
              .globalClusters(
                  GlobalCluster.builder()
                      .globalClusterMembers(
                          member("us-east-1:1:cluster:primary-db-cluster" + suffix, false),
                          member("us-east-2:1:cluster:dr-db-cluster" + suffix, true))
                      .build())
              .build();
        }

        @Override
        public DescribeDbClustersResponse describeDBClusters(DescribeDbClustersRequest request) {
          asked.add(region + " " + request.dbClusterIdentifier());
          return DescribeDbClustersResponse.builder()
              .dbClusters(
                  DBCluster.builder()
                      .dbClusterArn(
                          "arn:aws:rds:%s:1:cluster:%s"
                              .formatted(region, request.dbClusterIdentifier()))
                      .endpoint("writer." + region + ".rds.amazonaws.com")
                      .port(6432)
                      .build())
              .build();
        }
      };
    }

    @Override
    SecretsManagerClient secrets(String region) {
      return new SecretsManagerClient() {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
          asked.add(region + " " + request.secretId());
          return GetSecretValueResponse.builder().secretString("open:sesame").build();
        }

        @Override
        public String serviceName() {
          return "secretsmanager";
        }

        @Override
        public void close() {}
      };
    }
  }

  private static final class NoClusters extends EnvironmentClients {

    NoClusters() {
      super(AwsClustersTest::nowhere);
    }

    @Override
    RdsClient rds(String region) {
      return new FakeRds() {
        @Override
        public DescribeGlobalClustersResponse describeGlobalClusters(
            DescribeGlobalClustersRequest request) {
          throw GlobalClusterNotFoundException.builder().message("no such cluster").build();
        }
      };
    }
  }

  private abstract static class FakeRds implements RdsClient {
    @Override
    public String serviceName() {
      return "rds";
    }

    @Override
    public void close() {}
  }

  private static GlobalClusterMember member(String arn, boolean writer) {
    return GlobalClusterMember.builder()
        .dbClusterArn("arn:aws:rds:" + arn)
        .isWriter(writer)
        .build();
  }
}
