package payments.dr.operations.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import payments.dr.operations.aws.AwsAccess;
import payments.dr.operations.aws.JsonCalls;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Clients;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes the SDK's own clients, whose calls end in time. The SDK repeats what was throttled or not
 * answered, {@value #ATTEMPTS} attempts in all. They hold no connections that would have to be
 * closed.
 */
record SdkClients(AwsAccess access) implements Clients {

  private static final int ATTEMPTS = 4;
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(8);
  private static final Duration CALL_LIMIT = Duration.ofSeconds(25);

  @Override
  public CloudWatchClient cloudWatch(String region) {
    return client(CloudWatchClient.builder(), Region.of(region));
  }

  @Override
  public DynamoDbClient dynamoDb(String region) {
    return client(DynamoDbClient.builder(), Region.of(region));
  }

  @Override
  public Ec2Client ec2(String region) {
    return client(Ec2Client.builder(), Region.of(region));
  }

  @Override
  public IamClient iam() {
    return client(IamClient.builder(), Region.AWS_GLOBAL);
  }

  @Override
  public LambdaClient lambda(String region) {
    return client(LambdaClient.builder(), Region.of(region));
  }

  @Override
  public ElasticLoadBalancingV2Client loadBalancing(String region) {
    return client(ElasticLoadBalancingV2Client.builder(), Region.of(region));
  }

  @Override
  public RdsClient rds(String region) {
    return client(RdsClient.builder(), Region.of(region));
  }

  @Override
  public Route53Client route53() {
    return client(Route53Client.builder(), Region.AWS_GLOBAL);
  }

  /** A local AWS has no names for its buckets. */
  @Override
  public S3Client s3(String region) {
    return client(
        S3Client.builder().forcePathStyle(access.endpoint().isPresent()), Region.of(region));
  }

  @Override
  public SecretsManagerClient secretsManager(String region) {
    return client(SecretsManagerClient.builder(), Region.of(region));
  }

  @Override
  public SnsClient sns(String region) {
    return client(SnsClient.builder(), Region.of(region));
  }

  @Override
  public SsmClient ssm(String region) {
    return client(SsmClient.builder(), Region.of(region));
  }

  @Override
  public StsClient sts(String region) {
    return client(StsClient.builder(), Region.of(region));
  }

  @Override
  public JsonNode ask(String region, JsonRequest request) {
    return new JsonCalls(access).ask(region, request);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, Region region) {
    return access.client(
        builder
            .region(region)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .overrideConfiguration(
                limits ->
                    limits
                        .apiCallAttemptTimeout(ATTEMPT_LIMIT)
                        .apiCallTimeout(CALL_LIMIT)
                        .retryStrategy(retries -> retries.maxAttempts(ATTEMPTS))));
  }
}
