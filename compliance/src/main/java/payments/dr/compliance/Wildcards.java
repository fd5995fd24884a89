package payments.dr.compliance;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.compliance.PolicyText.Statement;
import payments.dr.compliance.policy.PolicyStatement;
import payments.dr.compliance.policy.UnnamedCalls;

/** Where policies may allow more than they name. */
public final class Wildcards {

  /**
   * One that is allowed.
   *
   * @param types of the resources that hold the policy
   * @param text an action or a resource
   * @param reason why it is allowed
   */
  public record Allowed(Pattern types, Pattern text, String reason) {

    boolean covers(String type, String found) {
      return types.matcher(type).matches() && text.matcher(found).matches();
    }
  }

  /** Objects that AWS publishes, which everybody may read. */
  private static final String AWS_BUCKET =
      "arn:aws:s3:::(al2023-repos-[a-z0-9-]+|(amazon|aws)-ssm-[a-z0-9-]+|[a-z0-9-]+-birdwatcher-prod"
          + "|patch-baseline-snapshot-[a-z0-9-]+|aws-patch-manager-[a-z0-9-]+"
          + "|inspector2-oval-prod-[a-z0-9-]+)/\\*";

  public static final List<Allowed> ALLOWED =
      List.of(
          allowed("aws_kms_(replica_)?key", "\\*", "a key's policy is about that key alone"),
          allowed(
              "aws_vpc_endpoint",
              "\\*",
              "an endpoint lets this account's principals through; their own policies say to what"),
          allowed("aws_vpc_endpoint", AWS_BUCKET, "files of AWS that are public"),
          allowed(
              "aws_iam_role_policy",
              "(.*:log-group:[A-Za-z0-9/_.-]+|\\$\\{aws_cloudwatch_log_group\\.[A-Za-z0-9_-]+\\.arn})"
                  + "(:log-stream)?:\\*",
              "streams of one log group are named by who writes them"),
          allowed(
              "aws_iam_role_policy",
              "(arn:aws:s3:::[a-z0-9-]+|\\$\\{aws_s3_bucket\\.[A-Za-z0-9_-]+\\.arn})/(audit/)?\\*",
              "objects of one bucket or folder, none of which is known yet"),
          allowed(
              "aws_iam_role_policy",
              "arn:aws:autoscaling:[a-z0-9-]+:\\d+:autoScalingGroup:\\*:autoScalingGroupName/[a-z0-9-]+",
              "AWS makes up a group's id; its name stands behind it"),
          allowed(
              "aws_iam_role_policy",
              "arn:aws:(dynamodb:[a-z0-9-]+:\\d+:table/|rds:[a-z0-9-]+:\\d+:cluster:)awsbackup-restore-test\\*",
              "AWS Backup makes up the names of what it restores for a test, behind this prefix"),
          allowed(
              "aws_iam_role_policy",
              "arn:aws:rds:[a-z0-9-]+:\\d+:cluster-snapshot:awsbackup:\\*",
              "AWS Backup makes up the names of its snapshots"),
          allowed(
              "aws_iam_role_policy",
              "arn:aws:rds:[a-z0-9-]+:\\d+:(cluster-pg:default\\.aurora-postgresql|og:default:aurora-postgresql-)\\*",
              "AWS names its default groups by the version of the engine"),
          allowed(
              "aws_s3_bucket_policy",
              "arn:aws:s3:::[a-z0-9-]+/((alb/)?AWSLogs/\\d+|s3|latch)/\\*",
              "objects of one folder, none of which is known yet"),
          allowed(
              "aws_cloudwatch_log_resource_policy",
              "arn:aws:logs:[a-z0-9-]+:\\d+:log-group:/aws/(events|route53)/\\*:\\*",
              "a Region has ten such policies, so one for the groups that AWS writes by itself"));

  private static final Pattern WILD = Pattern.compile("[*?]");
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");

  private Wildcards() {}

  /** The reasons of those that a stack's policies need. */
  public static Stream<String> used(Resources stack) {
    return stack.all().stream()
        .flatMap(
            holder ->
                stack.policies(holder).stream()
                    .flatMap(PolicyText::allowing)
                    .map(Statement::meaning)
                    .flatMap(it -> Stream.concat(it.actions().stream(), it.resources().stream()))
                    .filter(Wildcards::isOpen)
                    .flatMap(text -> ALLOWED.stream().filter(it -> it.covers(holder.type(), text))))
        .map(Allowed::reason);
  }

  /** Whether it is objects of a bucket of AWS that everybody may read. */
  static boolean ofAws(String resource) {
    return resource.matches(AWS_BUCKET);
  }

  /** What a statement that allows something does not name, if there is something. */
  static Optional<String> fault(Resource holder, Statement statement, Set<String> accounts) {
    PolicyStatement meaning = statement.meaning();
    boolean unnamed =
        UnnamedCalls.are(meaning.actions()) && statement.isNarrowedBy("aws:RequestedRegion");
    return Stream.concat(
            meaning.actions().stream(),
            meaning.resources().stream().filter(it -> !(it.equals("*") && unnamed)))
        .filter(Wildcards::isOpen)
        .filter(text -> ALLOWED.stream().noneMatch(it -> it.covers(holder.type(), text)))
        .map(text -> "\"" + text + "\"")
        .findFirst();
  }

  /** A reference is a name, whatever Terraform's expression looks like. */
  static boolean isOpen(String text) {
    if (text.startsWith(PolicyStatement.ALL_BUT)) {
      return true;
    }
    boolean wild = text.contains("*") || text.contains("?");
    return wild && WILD.matcher(EXPRESSION.matcher(text).replaceAll("")).find();
  }

  private static Allowed allowed(String types, String text, String reason) {
    return new Allowed(Pattern.compile(types), Pattern.compile(text), reason);
  }
}
