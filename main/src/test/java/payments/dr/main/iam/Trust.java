package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Whom policies let in, and whether they say for whom. */
public final class Trust {

  /**
   * Services that send neither account nor resource when they assume a role, and where AWS tells.
   */
  private static final Map<String, String> SILENT =
      Map.of(
          "backup.amazonaws.com",
          "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
          "ec2.amazonaws.com",
          "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
          "firehose.amazonaws.com",
          "https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html",
          "s3.amazonaws.com",
          "https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html",
          "streams.metrics.cloudwatch.amazonaws.com",
          "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-metric-streams-trustpolicy.html");

  /** Keys that bind a service to whom it works for. */
  private static final Set<String> BINDING =
      Set.of(
          "aws:SourceAccount",
          "aws:SourceArn",
          "kms:EncryptionContext:aws:logs:arn",
          "kms:EncryptionContext:aws:sns:topicArn");

  /** Accounts with which load balancers of older Regions write their logs. */
  private static final Set<String> LOAD_BALANCERS = Set.of("127311923021", "033677994240");

  /** Keys that narrow everybody to somebody. */
  private static final Set<String> NARROWING =
      Set.of("aws:PrincipalAccount", "aws:SourceIp", "kms:CallerAccount");

  private Trust() {}

  /** What is wrong with the principals of a statement that allows. */
  public static List<String> faults(AttachedPolicy policy, JsonNode statement, String account) {
    List<String> faults = new ArrayList<>();
    if (!statement.path("Effect").asText().equals("Allow")) {
      return faults;
    }
    String where = policy.address() + " " + statement.path("Sid").asText() + ": ";
    Set<String> keys = keys(statement);
    for (String service : AttachedPolicy.texts(statement.path("Principal").path("Service"))) {
      boolean silent = SILENT.containsKey(service) && policy.type().equals("aws_iam_role");
      if (!silent && !prepares(policy, statement) && keys.stream().noneMatch(BINDING::contains)) {
        faults.add(where + service + " must be bound by one of " + BINDING);
      }
    }
    List<String> principals =
        new ArrayList<>(AttachedPolicy.texts(statement.path("Principal").path("AWS")));
    if (statement.path("Principal").isTextual()) {
      principals.add(statement.path("Principal").asText());
    }
    for (String principal : principals) {
      if (principal.equals("*")) {
        if (keys.stream().noneMatch(NARROWING::contains) && !publicFiles(policy, statement)) {
          faults.add(where + "everybody must be narrowed by one of " + NARROWING);
        }
      } else if (!principal.contains("::" + account + ":")
          && LOAD_BALANCERS.stream().noneMatch(it -> principal.contains("::" + it + ":"))) {
        faults.add(where + principal + " must be of account " + account);
      }
    }
    return faults;
  }

  /**
   * EventBridge says for which rule only when it writes:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
   */
  private static boolean prepares(AttachedPolicy policy, JsonNode statement) {
    return policy.type().equals("aws_cloudwatch_log_resource_policy")
        && AttachedPolicy.texts(statement.path("Action")).equals(List.of("logs:CreateLogStream"));
  }

  /** Packages and agents' files of AWS, which instances fetch without saying who they are. */
  private static boolean publicFiles(AttachedPolicy policy, JsonNode statement) {
    return policy.type().equals("aws_vpc_endpoint")
        && AttachedPolicy.texts(statement.path("Action")).equals(List.of("s3:GetObject"))
        && AttachedPolicy.texts(statement.path("Resource")).stream().allMatch(Wildcards::ofAws);
  }

  private static Set<String> keys(JsonNode statement) {
    Set<String> keys = new TreeSet<>();
    statement.path("Condition").forEach(it -> it.fieldNames().forEachRemaining(keys::add));
    return keys;
  }
}
