package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import payments.dr.compliance.UnnamedCalls;

/** Where policies may allow more than they name. */
public final class Wildcards {

  /**
   * One that is allowed.
   *
   * @param types of the resources that hold the policy
   * @param text an action or a resource
   */
  private record Allowed(String types, String text, String reason) {

    boolean covers(String type, String found) {
      return type.matches(types) && Pattern.matches(text, found);
    }
  }

  private static final String AWS_BUCKET =
      "arn:aws:s3:::(al2023-repos-[a-z0-9-]+|(amazon|aws)-ssm-[a-z0-9-]+|[a-z0-9-]+-birdwatcher-prod"
          + "|patch-baseline-snapshot-[a-z0-9-]+|aws-patch-manager-[a-z0-9-]+"
          + "|inspector2-oval-prod-[a-z0-9-]+)/\\*";

  private static final List<Allowed> ALLOWED =
      List.of(
          new Allowed("aws_kms_(replica_)?key", "\\*", "a key's policy is about that key alone"),
          new Allowed(
              "aws_vpc_endpoint",
              "\\*",
              "an endpoint lets this account's principals through; their own policies say to what"),
          new Allowed("aws_vpc_endpoint", AWS_BUCKET, "files of AWS that are public"),
          new Allowed(
              "aws_iam_role_policy",
              ".*:log-group:.*(:log-stream)?:\\*",
              "streams of one log group are named by who writes them"),
          new Allowed(
              "aws_iam_role_policy",
              "arn:aws:s3:::[a-z0-9-]+/(audit/)?\\*",
              "objects of one bucket or folder, none of which is known yet"),
          new Allowed(
              "aws_iam_role_policy",
              "arn:aws:autoscaling:[a-z0-9-]+:\\d+:autoScalingGroup:\\*:autoScalingGroupName/[a-z0-9-]+",
              "AWS makes up a group's id; its name stands behind it"),
          new Allowed(
              "aws_s3_bucket_policy",
              "arn:aws:s3:::[a-z0-9-]+/((alb/)?AWSLogs/\\d+|s3|latch)/\\*",
              "objects of one folder, none of which is known yet"),
          new Allowed(
              "aws_cloudwatch_log_resource_policy",
              "arn:aws:logs:[a-z0-9-]+:\\d+:log-group:/aws/(events|route53)/\\*:\\*",
              "a Region has ten such policies, so one for the groups that AWS writes by itself"));

  private Wildcards() {}

  /** Whether it is objects of a bucket of AWS that everybody may read. */
  static boolean ofAws(String resource) {
    return resource.matches(AWS_BUCKET);
  }

  /** Those of a statement that are not on the list. */
  public static List<String> unlisted(AttachedPolicy policy, JsonNode statement) {
    List<String> found = new ArrayList<>();
    if (!statement.path("Effect").asText().equals("Allow")) {
      return found;
    }
    List<String> actions = AttachedPolicy.texts(statement.path("Action"));
    List<String> texts = new ArrayList<>(actions);
    boolean unnamed = UnnamedCalls.are(actions) && statement.has("Condition");
    AttachedPolicy.texts(statement.path("Resource")).stream()
        .filter(resource -> !(resource.equals("*") && unnamed))
        .forEach(texts::add);
    for (String text : texts) {
      if (text.contains("*") && allowing(policy.type(), text).isEmpty()) {
        found.add("%s %s: %s".formatted(policy.address(), statement.path("Sid").asText(), text));
      }
    }
    return found;
  }

  /** Entries of the list that a stack's policies need. */
  public static Set<String> used(List<AttachedPolicy> policies) {
    Set<String> used = new TreeSet<>();
    for (AttachedPolicy policy : policies) {
      for (JsonNode statement : policy.statements()) {
        for (String element : List.of("Action", "Resource")) {
          AttachedPolicy.texts(statement.path(element))
              .forEach(text -> allowing(policy.type(), text).forEach(it -> used.add(it.reason())));
        }
      }
    }
    return used;
  }

  public static Set<String> reasons() {
    Set<String> reasons = new TreeSet<>();
    ALLOWED.forEach(allowed -> reasons.add(allowed.reason()));
    return reasons;
  }

  private static List<Allowed> allowing(String type, String text) {
    return ALLOWED.stream()
        .filter(allowed -> text.contains("*") && allowed.covers(type, text))
        .toList();
  }
}
