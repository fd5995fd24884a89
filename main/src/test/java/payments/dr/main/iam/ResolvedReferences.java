package payments.dr.main.iam;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * What Terraform's references will hold once applied, as far as it follows from what is written:
 * {@code ${aws_sqs_queue.dr_x_1A2B3C4D.arn}} becomes the ARN of the queue's name, Region and
 * account. An id that AWS makes up is the resource's address without its hash.
 */
public final class ResolvedReferences {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{([a-z0-9_]+)\\.([A-Za-z0-9_-]+)\\.([a-z_]+)}");

  private static final Pattern HASH = Pattern.compile("_[0-9A-F]{8}$");

  /** {@code {id}} is made up, the other names are attributes. */
  private static final Map<String, String> ARNS =
      Map.ofEntries(
          entry("aws_backup_vault", "arn:aws:backup:{region}:{account}:backup-vault:{name}"),
          entry("aws_cloudwatch_event_bus", "arn:aws:events:{region}:{account}:event-bus/{name}"),
          entry("aws_cloudwatch_event_rule", "arn:aws:events:{region}:{account}:rule/{name}"),
          entry("aws_cloudwatch_log_group", "arn:aws:logs:{region}:{account}:log-group:{name}"),
          entry("aws_dynamodb_table", "arn:aws:dynamodb:{region}:{account}:table/{name}"),
          entry("aws_iam_role", "arn:aws:iam::{account}:role/{name}"),
          entry(
              "aws_kinesis_firehose_delivery_stream",
              "arn:aws:firehose:{region}:{account}:deliverystream/{name}"),
          entry("aws_kms_key", "arn:aws:kms:{region}:{account}:key/{id}"),
          entry("aws_kms_replica_key", "arn:aws:kms:{region}:{account}:key/{id}"),
          entry(
              "aws_lambda_alias",
              "arn:aws:lambda:{region}:{account}:function:{function_name}:{name}"),
          entry(
              "aws_lambda_function", "arn:aws:lambda:{region}:{account}:function:{function_name}"),
          entry("aws_rds_cluster", "arn:aws:rds:{region}:{account}:cluster:{cluster_identifier}"),
          entry(
              "aws_rds_global_cluster",
              "arn:aws:rds::{account}:global-cluster:{global_cluster_identifier}"),
          entry("aws_s3_bucket", "arn:aws:s3:::{bucket}"),
          entry(
              "aws_secretsmanager_secret",
              "arn:aws:secretsmanager:{region}:{account}:secret:{name}-a1B2c3"),
          entry("aws_sns_topic", "arn:aws:sns:{region}:{account}:{name}"),
          entry("aws_sqs_queue", "arn:aws:sqs:{region}:{account}:{name}"),
          entry("aws_ssm_parameter", "arn:aws:ssm:{region}:{account}:parameter{name}"));

  private final Map<String, JsonNode> resources;
  private final JsonNode providers;

  public ResolvedReferences(SynthesizedStack stack) {
    resources = stack.resources();
    providers = stack.json().path("provider").path("aws");
  }

  /**
   * A text with every reference in it resolved.
   *
   * @throws AssertionError when one is of a kind that is not known here
   */
  public String resolve(String text) {
    String resolved =
        REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found)));
    if (resolved.contains("${")) {
      throw new AssertionError("references must be ${type.name.attribute}, got " + text);
    }
    return resolved;
  }

  /** A document with every reference in it resolved. */
  public JsonNode resolve(JsonNode document) {
    return SynthesizedStack.parse(resolve(document.toString())).json();
  }

  /** The ARN of the resource at an address. */
  public String arn(String address) {
    String type = address.substring(0, address.indexOf('.'));
    JsonNode body = body(address);
    if (type.equals("aws_dynamodb_table_replica")) {
      String[] parts = resolve(body.path("global_table_arn").asText()).split(":", 5);
      return "arn:aws:dynamodb:" + region(address) + ":" + parts[4];
    }
    if (type.equals("aws_cloudwatch_event_rule")
        && body.path("event_bus_name").asText().startsWith("${")) {
      return arn(address(body.path("event_bus_name").asText())).replace("event-bus/", "rule/")
          + "/"
          + body.path("name").asText();
    }
    if (!ARNS.containsKey(type)) {
      throw new AssertionError("the ARN of " + address + " must be one of " + ARNS.keySet());
    }
    return Pattern.compile("\\{([a-z_]+)}")
        .matcher(ARNS.get(type))
        .replaceAll(part -> Matcher.quoteReplacement(part(address, body, part.group(1))));
  }

  /** The address that a text refers to, such as {@code aws_s3_bucket.dr_x_1A2B3C4D}. */
  public static String address(String reference) {
    Matcher found = REFERENCE.matcher(reference);
    if (!found.matches()) {
      throw new AssertionError("a reference must be ${type.name.attribute}, got " + reference);
    }
    return found.group(1) + "." + found.group(2);
  }

  /** Where a resource stands, such as {@code us-east-1}. */
  public String region(String address) {
    return provider(body(address)).path("region").asText();
  }

  private String value(MatchResult reference) {
    String address = reference.group(1) + "." + reference.group(2);
    String attribute = reference.group(3);
    JsonNode body = body(address);
    if (attribute.equals("arn")) {
      return arn(address);
    }
    if (body.path(attribute).isTextual()) {
      return resolve(body.path(attribute).asText());
    }
    return switch (attribute) {
      case "cluster_resource_id" -> "cluster-" + id(address);
      case "id" -> resolve(body.path(named(body)).asText());
      default -> throw new AssertionError("cannot tell " + address + "." + attribute);
    };
  }

  private static String named(JsonNode body) {
    return body.has("bucket") ? "bucket" : "name";
  }

  private String part(String address, JsonNode body, String part) {
    return switch (part) {
      case "region" -> region(address);
      case "account" -> provider(body).path("allowed_account_ids").path(0).asText();
      case "id" -> id(address);
      default -> resolve(body.path(part).asText());
    };
  }

  private static String id(String address) {
    return HASH.matcher(address.substring(address.indexOf('.') + 1))
        .replaceAll("")
        .replace('_', '-');
  }

  private JsonNode body(String address) {
    JsonNode body = resources.get(address);
    if (body == null) {
      throw new AssertionError("no resource " + address);
    }
    return body;
  }

  private JsonNode provider(JsonNode body) {
    String alias = body.path("provider").asText().replaceFirst("^aws\\.", "");
    for (JsonNode provider : providers) {
      if (provider.path("alias").asText().equals(alias)) {
        return provider;
      }
    }
    throw new AssertionError("no provider aws." + alias);
  }
}
