package payments.dr.operations.doctor.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static payments.dr.operations.encoding.Json.JSON;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import payments.dr.operations.aws.JsonRequest;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbServiceClientConfiguration;
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

/** Answers requests by their class, and notes which actions they are to IAM. */
public final class FakeAws implements Clients {

  /** Requests that IAM calls otherwise. */
  private static final Map<String, String> OTHERWISE =
      Map.of("s3:HeadBucket", "s3:ListBucket", "s3:ListObjectsV2", "s3:ListBucket");

  private final Map<Class<?>, Function<Object, Object>> answers = new HashMap<>();
  private final Map<String, Supplier<JsonNode>> operations = new HashMap<>();
  private final List<String> actions = Collections.synchronizedList(new ArrayList<>());

  /** Answers such requests from now on. */
  public <Q extends AwsRequest> FakeAws on(Class<Q> request, Function<Q, Object> answer) {
    answers.put(request, asked -> answer.apply(request.cast(asked)));
    return this;
  }

  /** The same with one answer for all, or an exception to throw. */
  public FakeAws on(Class<? extends AwsRequest> request, Object answer) {
    answers.put(
        request,
        asked -> {
          if (answer instanceof RuntimeException failure) {
            throw failure;
          }
          return answer;
        });
    return this;
  }

  /**
   * Answers such an operation of a service without client.
   *
   * @param operation as IAM names it, such as {@code backup:DescribeRegionSettings}
   * @param json with single quotes
   */
  public FakeAws on(String operation, String json) {
    operations.put(operation, () -> read(json));
    return this;
  }

  /** Answers such an operation with one page after the other. */
  public FakeAws onPages(String operation, String... pages) {
    Iterator<String> left = List.of(pages).iterator();
    operations.put(operation, () -> read(left.next()));
    return this;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** Answers such an operation with a fault of that code. */
  public FakeAws refuses(String operation, String code) {
    operations.put(
        operation,
        () -> {
          throw AwsServiceException.builder()
              .statusCode(400)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
              .build();
        });
    return this;
  }

  /** Asks a check, which may call nothing that it does not name as a permission. */
  public Result ask(Check check) {
    actions.clear();
    Result result = check.ask(this);
    TreeSet<String> unnamed = new TreeSet<>(actions);
    check.permissions().forEach(permission -> unnamed.remove(permission.action()));
    assertEquals(new TreeSet<>(), unnamed, () -> check.name() + " must name its permissions");
    return result;
  }

  /** What was called, as IAM names it. */
  public List<String> actions() {
    return List.copyOf(actions);
  }

  @Override
  public JsonNode ask(String region, JsonRequest request) {
    String operation = request.service() + ":" + request.operation();
    actions.add(operation);
    return operations
        .getOrDefault(
            operation,
            () -> {
              throw new AssertionError("nobody answers " + request);
            })
        .get();
  }

  private <C> C client(Class<C> type, String prefix) {
    InvocationHandler handler =
        (proxy, method, arguments) -> call(prefix, proxy, method, arguments);
    return client(type, handler);
  }

  private static <C> C client(Class<C> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Object call(String prefix, Object client, Method method, Object[] arguments)
      throws Throwable {
    boolean request =
        arguments != null
            && arguments[0] instanceof AwsRequest
            && !method.getName().endsWith("Paginator");
    if (!request) {
      return InvocationHandler.invokeDefault(client, method, arguments);
    }
    String name = method.getName();
    String action = prefix + ":" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    actions.add(OTHERWISE.getOrDefault(action, action));
    return answers
        .getOrDefault(
            arguments[0].getClass(),
            asked -> {
              throw new AssertionError("nobody answers " + asked);
            })
        .apply(arguments[0]);
  }

  @Override
  public CloudWatchClient cloudWatch(String region) {
    return client(CloudWatchClient.class, "cloudwatch");
  }

  @Override
  public DynamoDbClient dynamoDb(String region) {
    DynamoDbServiceClientConfiguration configuration =
        DynamoDbServiceClientConfiguration.builder().region(Region.of(region)).build();
    InvocationHandler handler =
        (proxy, method, arguments) ->
            method.getName().equals("serviceClientConfiguration")
                ? configuration
                : call("dynamodb", proxy, method, arguments);
    return client(DynamoDbClient.class, handler);
  }

  @Override
  public Ec2Client ec2(String region) {
    return client(Ec2Client.class, "ec2");
  }

  @Override
  public IamClient iam() {
    return client(IamClient.class, "iam");
  }

  @Override
  public LambdaClient lambda(String region) {
    return client(LambdaClient.class, "lambda");
  }

  @Override
  public ElasticLoadBalancingV2Client loadBalancing(String region) {
    return client(ElasticLoadBalancingV2Client.class, "elasticloadbalancing");
  }

  @Override
  public RdsClient rds(String region) {
    return client(RdsClient.class, "rds");
  }

  @Override
  public Route53Client route53() {
    return client(Route53Client.class, "route53");
  }

  @Override
  public S3Client s3(String region) {
    return client(S3Client.class, "s3");
  }

  @Override
  public SecretsManagerClient secretsManager(String region) {
    return client(SecretsManagerClient.class, "secretsmanager");
  }

  @Override
  public SnsClient sns(String region) {
    return client(SnsClient.class, "sns");
  }

  @Override
  public SsmClient ssm(String region) {
    return client(SsmClient.class, "ssm");
  }

  @Override
  public StsClient sts(String region) {
    return client(StsClient.class, "sts");
  }
}
