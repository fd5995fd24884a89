package payments.dr.operations.doctor.check;

import com.fasterxml.jackson.databind.JsonNode;
import payments.dr.operations.aws.JsonRequest;
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

/** The AWS that checks ask: clients of one account, each of a Region unless it has none. */
public interface Clients {

  CloudWatchClient cloudWatch(String region);

  DynamoDbClient dynamoDb(String region);

  Ec2Client ec2(String region);

  IamClient iam();

  LambdaClient lambda(String region);

  ElasticLoadBalancingV2Client loadBalancing(String region);

  RdsClient rds(String region);

  Route53Client route53();

  S3Client s3(String region);

  SecretsManagerClient secretsManager(String region);

  SnsClient sns(String region);

  SsmClient ssm(String region);

  StsClient sts(String region);

  /**
   * Asks a service of which there is no client here.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when it answers a fault, or not at
   *     all
   */
  JsonNode ask(String region, JsonRequest request);
}
