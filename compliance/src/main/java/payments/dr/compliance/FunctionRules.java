package payments.dr.compliance;

import static payments.dr.compliance.DatabaseRules.ownKey;
import static payments.dr.compliance.NetworkRules.inSeveralZones;
import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.atLeast;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Lambda functions. */
final class FunctionRules {

  private static final List<String> FUNCTION = types("aws_lambda_function");

  /** By words of names such as DB_PWD; a part of a word, as in PASSIVE, is none. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*(password|passwd|passphrase|secret|credential|token|private_?key|access_?key|api_?key)"
              + ".*|(?i)(.*[_.-])?(pwd|pass|pw|pin|auth|key)([_.-].*)?");

  /** An access key of AWS, a private key, a token of a header, or a password within an address. */
  private static final Pattern CREDENTIAL =
      Pattern.compile(
          "(AKIA|ASIA)[A-Z0-9]{16}|-----BEGIN|eyJ[A-Za-z0-9_-]{10,}\\.|[a-z]+://[^/:@\\s]+:[^@\\s]+@");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "function-outside-network",
              "functions run inside the network",
              FUNCTION,
              Scope.ALWAYS,
              has("vpc_config.subnet_ids").and(has("vpc_config.security_group_ids")),
              pci("1.3.1").hub("Lambda.3"),
              "outside, neither security groups nor flow logs know of it",
              "give it subnets and a security group"),
          new Rule(
              "function-in-one-zone",
              "functions outlive a zone",
              FUNCTION,
              Scope.ALWAYS,
              inSeveralZones("vpc_config.subnet_ids"),
              NONE.fsbp("Lambda.5"),
              "the controller would be gone with the zone whose loss it is there for",
              "give it subnets of several zones"),
          new Rule(
              "function-without-reserved-capacity",
              "functions have their own share of capacity",
              FUNCTION,
              Scope.ALWAYS,
              atLeast("reserved_concurrent_executions", 1),
              pci("12.10.1(k)"),
              "another function of the account could use up what this one needs",
              "reserve concurrency"),
          new Rule(
              "function-runtime-unsupported",
              "functions run on a supported runtime",
              FUNCTION,
              Scope.ALWAYS,
              in("runtime", "java17", "java21", "java25"),
              pci("6.3.3").fsbp("Lambda.2"),
              "nobody mends an old one",
              "choose a supported runtime"),
          new Rule(
              "function-variables-exposed",
              "function variables are encrypted and hold no secret",
              FUNCTION,
              Scope.ALWAYS,
              ownKey("kms_key_arn").and(noSecrets()),
              pci("3.5.1", "8.6.2(k)"),
              "everybody who may describe the function would read them",
              "give it the Region's key, and read secrets at run time"),
          new Rule(
              "function-not-traced",
              "functions are traced",
              FUNCTION,
              Scope.ALWAYS,
              in("tracing_config.mode", "Active"),
              pci("10.2.1"),
              "nobody could tell what it waited for",
              "switch tracing on"),
          new Rule(
              "function-failures-dropped",
              "failed starts are kept",
              FUNCTION,
              Scope.ALWAYS,
              has("dead_letter_config.target_arn"),
              pci("10.7.2"),
              "a failure would leave no trace",
              "name a failure queue"),
          new Rule(
              "function-callers-not-named",
              "functions are woken by named sources",
              types("aws_lambda_permission", "aws_sqs_queue_policy"),
              Scope.ALWAYS,
              namedCallers(),
              pci("7.2.1(k)").fsbp("Lambda.1"),
              "any account's rule could wake it",
              "name the rule that may wake it"),
          new Rule(
              "function-stale-events-kept",
              "stale starts are dropped",
              FUNCTION,
              Scope.ALWAYS,
              part(
                  "aws_lambda_function_event_invoke_config",
                  "function_name",
                  between("maximum_event_age_in_seconds", 1, 60)
                      .and(between("maximum_retry_attempts", 0, 0))),
              NONE,
              "a start that was due an hour ago says nothing of now",
              "let events age for 60 s at most, without retries"));

  private FunctionRules() {}

  /** Who may invoke the function itself, or send to a queue that it is woken from. */
  private static Requirement namedCallers() {
    Requirement permission =
        has("source_arn")
            .and(
                new Requirement(
                    "a principal",
                    (resource, stack) ->
                        faultIf(
                            !resource.has("principal") || resource.text("principal").equals("*"),
                            resource.describe("principal"))));
    Requirement policy = MessagingRules.namedPublishers();
    return new Requirement(
        permission.allowed() + "; " + policy.allowed(),
        (resource, stack) ->
            (resource.type().equals("aws_lambda_permission") ? permission : policy)
                .check()
                .fault(resource, stack));
  }

  /** What they hold is not told. */
  private static Requirement noSecrets() {
    return new Requirement(
        "no variable named like a secret, or that looks like one",
        (function, stack) ->
            function.at("environment.variables").properties().stream()
                .filter(FunctionRules::isSecret)
                .map(variable -> "environment variable " + variable.getKey())
                .findFirst());
  }

  private static boolean isSecret(Map.Entry<String, JsonNode> variable) {
    return SECRET.matcher(variable.getKey()).matches()
        || CREDENTIAL.matcher(variable.getValue().asText()).find();
  }
}
