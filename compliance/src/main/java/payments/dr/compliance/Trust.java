package payments.dr.compliance;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import payments.dr.compliance.PolicyText.Statement;
import payments.dr.compliance.policy.Condition;
import payments.dr.compliance.policy.PolicyStatement;

/** Whom policies let in, and whether they say for whom. */
final class Trust {

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
          "aws:sourceaccount",
          "aws:sourcearn",
          "kms:encryptioncontext:aws:logs:arn",
          "kms:encryptioncontext:aws:sns:topicarn");

  /** Keys that narrow everybody to somebody. */
  private static final Set<String> NARROWING =
      Set.of("aws:principalaccount", "aws:principalarn", "kms:calleraccount");

  /**
   * Accounts with which load balancers of older Regions write their logs:
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  private static final Set<String> LOAD_BALANCERS =
      Set.of(
          "027434742980",
          "033677994240",
          "054676820928",
          "114774131450",
          "127311923021",
          "156460612806",
          "652711504416",
          "783225319266",
          "797873946194",
          "985666609251");

  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  private Trust() {}

  /** Whom a statement that allows something lets in although it must not, if there is one. */
  static Optional<String> fault(Resource holder, Statement statement, Set<String> accounts) {
    return statement.meaning().principals().stream()
        .filter(principal -> isStranger(principal, holder, statement, accounts))
        .map(principal -> "principal " + principal)
        .findFirst();
  }

  private static boolean isStranger(
      String principal, Resource holder, Statement statement, Set<String> accounts) {
    if (principal.isEmpty()) {
      return false;
    }
    if (principal.equals("AWS:*")) {
      return !isBound(statement, NARROWING, accounts)
          && !isLatch(holder, statement)
          && !isPublicFile(holder, statement);
    }
    if (principal.startsWith("Service:") && !principal.endsWith("*")) {
      return !isSilent(principal, holder)
          && !prepares(holder, statement)
          && !isBound(statement, BINDING, accounts);
    }
    if (!principal.startsWith("AWS:")) {
      return true;
    }
    String account = account(principal.substring("AWS:".length()));
    return !isOwn(account, accounts) && !deliversLogs(account, statement, accounts);
  }

  /** Whether a condition on one of some keys lets nobody in but for the own account. */
  private static boolean isBound(Statement statement, Set<String> keys, Set<String> accounts) {
    return statement.meaning().conditions().stream()
        .filter(Condition::narrows)
        .filter(condition -> keys.contains(condition.key()))
        .anyMatch(it -> it.values().stream().allMatch(value -> isOwn(account(value), accounts)));
  }

  /** Of an ARN its account; references are to the own stack. */
  private static String account(String text) {
    String[] parts = text.split(":", 6);
    return text.startsWith("arn:") && parts.length == 6 ? parts[4] : text;
  }

  private static boolean isOwn(String account, Set<String> accounts) {
    return account.startsWith("${")
        || ACCOUNT.matcher(account).matches() && accounts.contains(account);
  }

  private static boolean isSilent(String principal, Resource holder) {
    return holder.type().equals("aws_iam_role")
        && SILENT.containsKey(principal.substring("Service:".length()));
  }

  /**
   * EventBridge says for which rule only when it writes:
   * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html
   */
  private static boolean prepares(Resource holder, Statement statement) {
    return holder.type().equals("aws_cloudwatch_log_resource_policy")
        && statement.meaning().actions().equals(Set.of("logs:CreateLogStream"));
  }

  /** Packages and agents' files of AWS, which instances fetch without saying who they are. */
  private static boolean isPublicFile(Resource holder, Statement statement) {
    return holder.type().equals("aws_vpc_endpoint")
        && statement.meaning().actions().equals(Set.of("s3:GetObject"))
        && statement.meaning().resources().stream().allMatch(Wildcards::ofAws);
  }

  /** Route 53's checkers read the latch without credentials, from addresses of their own. */
  private static boolean isLatch(Resource holder, Statement statement) {
    PolicyStatement meaning = statement.meaning();
    return holder.type().equals("aws_s3_bucket_policy")
        && meaning.actions().equals(Set.of("s3:GetObject"))
        && meaning.resources().stream().allMatch(it -> it.endsWith("/latch/*"))
        && statement.isNarrowedBy("aws:SourceIp");
  }

  private static boolean deliversLogs(String account, Statement statement, Set<String> accounts) {
    return LOAD_BALANCERS.contains(account)
        && statement.meaning().actions().equals(Set.of("s3:PutObject"))
        && statement.meaning().resources().stream()
            .allMatch(
                it -> accounts.stream().anyMatch(own -> it.endsWith("/AWSLogs/" + own + "/*")));
  }
}
