package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.ITerraformDependable;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.lambda_alias.LambdaAlias;
import com.hashicorp.cdktf.providers.aws.lambda_function.LambdaFunction;
import com.hashicorp.cdktf.providers.aws.lambda_function.LambdaFunctionDeadLetterConfig;
import com.hashicorp.cdktf.providers.aws.lambda_function.LambdaFunctionEnvironment;
import com.hashicorp.cdktf.providers.aws.lambda_function.LambdaFunctionTracingConfig;
import com.hashicorp.cdktf.providers.aws.lambda_function.LambdaFunctionVpcConfig;
import com.hashicorp.cdktf.providers.aws.lambda_function_event_invoke_config.LambdaFunctionEventInvokeConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The function itself, and the alias by which alone it is invoked. */
final class FailoverFunction extends Component {

  static final String ALIAS = "live";

  private static final String HANDLER = "payments.dr.lambda.handler.FailoverHandler::handleRequest";

  /** It ticks for 125 s, so that starts up to two minutes apart leave no gap. */
  static final int TIMEOUT_SECONDS = 140;

  /** Half a processor: several TLS handshakes must fit into a look of two seconds. */
  private static final int MEMORY_MEBIBYTES = 1024;

  /** A start that waited longer is not needed any more; the next minute brings another. */
  private static final int MAXIMUM_AGE_SECONDS = 60;

  private static final int LOG_RETENTION_DAYS = 400;

  private final Reference function;
  private final Reference alias;

  FailoverFunction(
      FailoverController controller,
      String id,
      Region region,
      FailoverControllerProps props,
      Parts parts) {
    super(controller, id);
    List<ITerraformDependable> before = new ArrayList<>(parts.role().permissions());
    before.add(parts.logs());
    LambdaFunction.Builder.create(this, "function")
        .provider(region.provider())
        .functionName(props.functionName())
        .description("Decides whether and how the writer moves between the Regions")
        .role(parts.role().arn())
        .runtime("java21")
        .architectures(List.of("arm64"))
        .handler(HANDLER)
        .filename(props.code().path())
        .sourceCodeHash(props.code().sha256())
        .memorySize(MEMORY_MEBIBYTES)
        .timeout(TIMEOUT_SECONDS)
        // Two run at a time, a third while it takes over from one of them, a fourth when an alarm
        // wakes it; each only proposes, the ledger decides.
        .reservedConcurrentExecutions(reserved(props.settings().reservedConcurrency()))
        // The alias moves to a finished version at once, and the one before stays for a way back.
        .publish(true)
        .environment(LambdaFunctionEnvironment.builder().variables(parts.environment()).build())
        .kmsKeyArn(props.keys().get(region.role()).arn(KeyPurpose.COMPUTE))
        .vpcConfig(
            LambdaFunctionVpcConfig.builder()
                .subnetIds(props.networks().get(region.role()).subnetIds())
                .securityGroupIds(List.of(parts.securityGroup().id()))
                .build())
        .deadLetterConfig(
            LambdaFunctionDeadLetterConfig.builder().targetArn(parts.queue().arn()).build())
        .tracingConfig(LambdaFunctionTracingConfig.builder().mode("Active").build())
        .dependsOn(before)
        .build();
    function = Reference.to(this, LambdaFunction.TF_RESOURCE_TYPE, "function");
    LambdaAlias.Builder.create(this, "alias")
        .provider(region.provider())
        .name(ALIAS)
        .description("The version that is woken")
        .functionName(function.attribute("function_name"))
        .functionVersion(function.attribute("version"))
        .build();
    alias = Reference.to(this, LambdaAlias.TF_RESOURCE_TYPE, "alias");
    LambdaFunctionEventInvokeConfig.Builder.create(this, "wake-ups")
        .provider(region.provider())
        .functionName(function.attribute("function_name"))
        .qualifier(alias.name())
        .maximumEventAgeInSeconds(MAXIMUM_AGE_SECONDS)
        .maximumRetryAttempts(0)
        .build();
  }

  /** To Lambda 0 would mean that the function never runs. */
  private static Integer reserved(int executions) {
    return executions == 0 ? null : executions;
  }

  /**
   * What the function is made of.
   *
   * @param environment its variables
   */
  record Parts(
      ServiceRole role,
      CloudwatchLogGroup logs,
      FailureQueue queue,
      FunctionSecurityGroup securityGroup,
      Map<String, String> environment) {}

  /** Before the function: Lambda would make it without key and without end. */
  static CloudwatchLogGroup logs(
      FailoverController controller, String id, Region region, FailoverControllerProps props) {
    return CloudwatchLogGroup.Builder.create(controller, id)
        .provider(region.provider())
        .name("/aws/lambda/" + props.functionName())
        .retentionInDays(LOG_RETENTION_DAYS)
        .kmsKeyId(props.keys().get(region.role()).arn(KeyPurpose.LOGS))
        .build();
  }

  String name() {
    return function.attribute("function_name");
  }

  String arn() {
    return function.arn();
  }

  String aliasArn() {
    return alias.arn();
  }

  String aliasName() {
    return alias.name();
  }
}
