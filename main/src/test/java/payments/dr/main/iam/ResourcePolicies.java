package payments.dr.main.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import payments.dr.modules.testing.SynthesizedStack;

/** Which policy guards which resource of a stack, and which guards the way there. */
public final class ResourcePolicies {

  /** Resources that hold the policy of another, and the attribute that names it. */
  private static final Map<String, String> ATTACHMENTS =
      Map.of(
          "aws_backup_vault_policy", "backup_vault_name",
          "aws_cloudwatch_event_bus_policy", "event_bus_name",
          "aws_s3_bucket_policy", "bucket",
          "aws_secretsmanager_secret_policy", "secret_arn",
          "aws_sns_topic_policy", "arn",
          "aws_sqs_queue_policy", "queue_url");

  private static final List<String> OWN =
      List.of("aws_iam_role", "aws_kms_key", "aws_kms_replica_key");

  private final SynthesizedStack stack;
  private final ResolvedReferences references;
  private final Map<String, JsonNode> byArn = new TreeMap<>();

  public ResourcePolicies(SynthesizedStack stack) {
    this.stack = stack;
    this.references = new ResolvedReferences(stack);
    for (AttachedPolicy policy : AttachedPolicy.in(stack)) {
      guarded(policy).ifPresent(arn -> byArn.put(arn, references.resolve(policy.document())));
    }
    stack.resources("aws_lambda_permission").values().forEach(this::permit);
  }

  /** By ARN. */
  public Map<String, JsonNode> all() {
    return byArn;
  }

  /** Of the resource itself, or of the bucket that holds it. */
  public Optional<JsonNode> guarding(String arn) {
    String holder = arn.startsWith("arn:aws:s3:::") ? arn.replaceFirst("/.*", "") : arn;
    return Optional.ofNullable(byArn.get(holder));
  }

  /** Of the VPC endpoint for S3 or DynamoDB in a Region. */
  public List<JsonNode> endpoint(String service, String region) {
    List<JsonNode> found = new ArrayList<>();
    stack
        .resources("aws_vpc_endpoint")
        .forEach(
            (address, body) -> {
              if (body.path("service_name").asText().endsWith(region + "." + service)) {
                found.add(references.resolve(SynthesizedStack.embedded(body.path("policy"))));
              }
            });
    return found;
  }

  private Optional<String> guarded(AttachedPolicy policy) {
    if (OWN.contains(policy.type())) {
      return Optional.of(references.arn(policy.address()));
    }
    return Optional.ofNullable(ATTACHMENTS.get(policy.type()))
        .map(attribute -> stack.resources().get(policy.address()).path(attribute).asText())
        .map(ResolvedReferences::address)
        .map(references::arn);
  }

  /** Lambda writes a function's policy itself, a statement for each permission. */
  private void permit(JsonNode permission) {
    String function =
        references.arn(ResolvedReferences.address(permission.path("function_name").asText()));
    String arn = function + ":" + references.resolve(permission.path("qualifier").asText());
    ObjectNode statement = JsonNodeFactory.instance.objectNode();
    statement.put("Effect", "Allow");
    statement.putObject("Principal").put("Service", permission.path("principal").asText());
    statement.put("Action", permission.path("action").asText()).put("Resource", arn);
    statement
        .putObject("Condition")
        .putObject("ArnLike")
        .put("aws:SourceArn", references.resolve(permission.path("source_arn").asText()));
    ObjectNode policy =
        (ObjectNode)
            byArn.computeIfAbsent(
                arn,
                it -> {
                  ObjectNode empty = JsonNodeFactory.instance.objectNode();
                  empty.put("Version", "2012-10-17").putArray("Statement");
                  return empty;
                });
    ((ArrayNode) policy.path("Statement")).add(statement);
  }
}
