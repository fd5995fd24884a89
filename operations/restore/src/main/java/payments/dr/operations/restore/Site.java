package payments.dr.operations.restore;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.function.Function;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.naming.ResourceNames;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.aws.JsonRequest;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.rds.RdsClient;

/**
 * One Region of an environment, as restores use it.
 *
 * @param region such as {@code us-east-1}
 * @param account id of the account
 * @param json answers a request to a service that speaks JSON
 */
record Site(
    ResourceNames names,
    RegionRole role,
    String region,
    String account,
    RdsClient rds,
    DynamoDbClient dynamoDb,
    Ec2Client ec2,
    Function<JsonRequest, JsonNode> json) {

  /** Longer than AWS takes to accept a restore. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(60);

  /** Makes clients that hold no connections which would have to be closed. */
  static Site of(AwsAccess aws, Environment environment, String account, RegionRole role) {
    String region = environment.config().regions().get(role).name();
    return new Site(
        environment.names(),
        role,
        region,
        account,
        client(aws, region, RdsClient.builder().httpClientBuilder(http())),
        client(aws, region, DynamoDbClient.builder().httpClientBuilder(http())),
        client(aws, region, Ec2Client.builder().httpClientBuilder(http())),
        request -> new JsonCalls(aws).ask(region, request));
  }

  private static UrlConnectionHttpClient.Builder http() {
    return UrlConnectionHttpClient.builder().socketTimeout(CALL_LIMIT);
  }

  private static <B extends AwsClientBuilder<B, C>, C> C client(
      AwsAccess aws, String region, B builder) {
    return aws.client(
        builder
            .region(Region.of(region))
            .overrideConfiguration(limits -> limits.apiCallTimeout(CALL_LIMIT)));
  }

  /** {@code primary-db-subnets-v2-prod}. */
  String named(String resource) {
    return names.regional(role, resource);
  }

  /** Of a service in this Region and account. */
  String arn(String service, String resource) {
    return "arn:aws:%s:%s:%s:%s".formatted(service, region, account, resource);
  }

  /** What backups and restores of AWS Backup run as. */
  String backupRole() {
    return "arn:aws:iam::%s:role/%s".formatted(account, names.global("backup-role"));
  }
}
