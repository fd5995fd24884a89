package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import payments.dr.compliance.policy.Condition;
import payments.dr.compliance.policy.Grant;
import payments.dr.compliance.policy.PolicyStatement;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.EmbeddedJson;
import payments.dr.operations.review.plan.ResourceChange;

/**
 * A policy before and after a change, compared by what it permits and not by its text.
 *
 * @param before empty where there was none, or none that can be read
 * @param after empty when it is known only once applied, and the synthesized stack does not tell
 * @param known whether the plan itself tells what it will be; otherwise names in it are references
 */
record PolicyChange(
    ResourceChange change,
    List<PolicyStatement> before,
    Optional<List<PolicyStatement>> after,
    boolean known) {

  private static final Set<String> ATTRIBUTES =
      Set.of("assume_role_policy", "inline_policy", "policy", "policy_document");

  /** Its own attributes are the statement. */
  private static final String FUNCTION_PERMISSION = "aws_lambda_permission";

  private static final Map<String, Condition> CONDITIONS_OF_PERMISSION =
      Map.of(
          "source_arn", new Condition("ArnLike", "aws:sourcearn", Set.of()),
          "source_account", new Condition("StringEquals", "aws:sourceaccount", Set.of()),
          "principal_org_id", new Condition("StringEquals", "aws:principalorgid", Set.of()));

  /**
   * A wider Deny of these at a resource keeps nobody from work: no program of this project destroys
   * what holds data.
   */
  private static final Pattern DESTRUCTIVE =
      Pattern.compile(
          "backup:(Delete[A-Za-z]+|UpdateRecoveryPointLifecycle)"
              + "|dynamodb:Delete(Backup|Table)"
              + "|kms:(DisableKey|ScheduleKeyDeletion)"
              + "|rds:Delete[A-Za-z]+"
              + "|s3:(BypassGovernanceRetention|DeleteBucket|DeleteObjectVersion)"
              + "|secretsmanager:DeleteSecret"
              + "|sns:DeleteTopic"
              + "|sqs:DeleteQueue");

  private static final Set<String> EFFECTS = Set.of("Allow", "Deny");

  /** All policies that a plan writes or destroys. */
  static Stream<PolicyChange> in(Subject subject) {
    return subject.changes().stream()
        .filter(change -> change.managed() && (change.writes() || change.destroys()))
        .flatMap(change -> of(subject, change));
  }

  /** Whether a change of a policy lets nobody do more or less than before. */
  static boolean isHarmless(ResourceChange change, String attribute) {
    if (!ATTRIBUTES.contains(attribute) || change.isUnknown(attribute)) {
      return false;
    }
    Optional<List<PolicyStatement>> before = statements(change.before(attribute));
    Optional<List<PolicyStatement>> after = statements(change.after(attribute));
    if (before.isEmpty()
        || after.isEmpty()
        || !version(change.before(attribute)).equals(version(change.after(attribute)))) {
      return false;
    }
    PolicyChange policy = new PolicyChange(change, before.get(), after, true);
    return policy.gained().isEmpty()
        && policy.lost().isEmpty()
        && policy.noLongerDenied().isEmpty()
        && policy.newlyDenied().stream().allMatch(PolicyChange::keepsNobodyFromWork);
  }

  /** What is allowed that was not. */
  List<Grant> gained() {
    return beyond(grants(after.orElse(List.of()), true), grants(before, true));
  }

  /** What was allowed and is no longer. */
  List<Grant> lost() {
    return beyond(grants(before, true), grants(after.orElse(List.of()), true));
  }

  /** What was denied and is no longer. */
  List<Grant> noLongerDenied() {
    return beyond(grants(before, false), grants(after.orElse(List.of()), false));
  }

  private List<Grant> newlyDenied() {
    return beyond(grants(after.orElse(List.of()), false), grants(before, false));
  }

  /** What was allowed before. */
  List<Grant> allowedBefore() {
    return grants(before, true);
  }

  /** What to say of its contents; nothing when the plan marks them as sensitive. */
  String told(String words) {
    return change.changedAttributes().stream().anyMatch(change::isSensitive)
        ? "(sensitive)"
        : words;
  }

  private static boolean keepsNobodyFromWork(Grant denied) {
    return !denied.principal().isEmpty()
        && (DESTRUCTIVE.matcher(denied.action()).matches()
            || denied.conditions().stream().anyMatch(Condition::isWeakTransport));
  }

  private static List<Grant> beyond(List<Grant> grants, List<Grant> others) {
    Set<Grant> same = Set.copyOf(others);
    return grants.stream()
        .filter(grant -> !same.contains(grant) && others.stream().noneMatch(grant::isWithin))
        .toList();
  }

  private List<Grant> grants(List<PolicyStatement> statements, boolean allowing) {
    return statements.stream()
        .filter(statement -> statement.allows() == allowing)
        .flatMap(statement -> statement.grants().stream())
        // A reference and the name that it stands for would look like two resources.
        .map(it -> known || allowing ? it : new Grant(it.principal(), it.action(), "*", Set.of()))
        .toList();
  }

  private static Stream<PolicyChange> of(Subject subject, ResourceChange change) {
    if (change.is(FUNCTION_PERMISSION)) {
      return Stream.of(
          new PolicyChange(
              change,
              change.before().isObject() ? List.of(permission(change.before())) : List.of(),
              Optional.of(
                  change.after().isObject() ? List.of(permission(change.after())) : List.of()),
              CONDITIONS_OF_PERMISSION.keySet().stream().noneMatch(change::isUnknown)));
    }
    return change.changedAttributes().stream()
        .filter(ATTRIBUTES::contains)
        .map(
            attribute ->
                new PolicyChange(
                    change,
                    statements(change.before(attribute)).orElse(List.of()),
                    after(subject, change, attribute),
                    !change.isUnknown(attribute)));
  }

  private static Optional<List<PolicyStatement>> after(
      Subject subject, ResourceChange change, String attribute) {
    if (change.action() == Action.DELETE) {
      return Optional.of(List.of());
    }
    if (!change.isUnknown(attribute)) {
      return statements(change.after(attribute));
    }
    // Parts of it are known after apply; as it was written, only those parts are not readable.
    return subject
        .stack()
        .map(stack -> stack.resource(change.type(), change.name()).path(attribute))
        .flatMap(PolicyChange::statements);
  }

  /** It decides what a variable in a value means. */
  private static String version(JsonNode policy) {
    return EmbeddedJson.parsed(policy).path("Version").asText();
  }

  /** Of a text, or of a list of blocks that each hold one; empty when it cannot be read. */
  static Optional<List<PolicyStatement>> statements(JsonNode value) {
    if (value.isArray()) {
      List<PolicyStatement> all = new ArrayList<>();
      for (JsonNode block : value) {
        JsonNode policy = block.path("policy");
        Optional<List<PolicyStatement>> statements =
            Values.isEmpty(policy) ? Optional.of(List.of()) : statements(policy);
        if (statements.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(statements.get());
      }
      return Optional.of(all);
    }
    JsonNode document = EmbeddedJson.parsed(value);
    if (!document.isObject()) {
      return Optional.empty();
    }
    JsonNode statements = document.path("Statement");
    List<JsonNode> each = new ArrayList<>();
    if (statements.isObject()) {
      each.add(statements);
    } else {
      statements.forEach(each::add);
    }
    return each.stream().allMatch(it -> EFFECTS.contains(it.path("Effect").asText()))
        ? Optional.of(each.stream().map(PolicyStatement::of).toList())
        : Optional.empty();
  }

  private static PolicyStatement permission(JsonNode permission) {
    ObjectNode statement = JsonNodeFactory.instance.objectNode().put("Effect", "Allow");
    String principal = permission.path("principal").asText();
    statement
        .putObject("Principal")
        .put(principal.endsWith(".amazonaws.com") ? "Service" : "AWS", principal);
    statement.put("Action", permission.path("action").asText());
    CONDITIONS_OF_PERMISSION.forEach(
        (attribute, condition) -> {
          JsonNode value = permission.path(attribute);
          if (value.isTextual()) {
            statement
                .withObject("/Condition/" + condition.operator())
                .put(condition.key(), value.textValue());
          }
        });
    return PolicyStatement.of(statement);
  }
}
