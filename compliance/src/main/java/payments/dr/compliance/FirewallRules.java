package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The firewall before each load balancer. */
final class FirewallRules {

  /** What AWS advises for any application, and for one with a database. */
  private static final Set<String> MANAGED =
      Set.of(
          "AWSManagedRulesCommonRuleSet",
          "AWSManagedRulesKnownBadInputsRuleSet",
          "AWSManagedRulesSQLiRuleSet");

  private static final long MOST_REQUESTS = 100_000;

  private static final Pattern KEEPS_BLOCK =
      Pattern.compile("\"behavior\":\"KEEP\",\"condition\":\\[.*\"action\":\"BLOCK\"");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "load-balancer-without-firewall",
              "a firewall stands before load balancers",
              types("aws_lb"),
              Scope.KEPT_DATA,
              part("aws_wafv2_web_acl_association", "resource_arn", has("web_acl_arn")),
              pci("6.4.1", "6.4.2").fsbp("ELB.16"),
              "known attacks would reach the application",
              "set firewall.enabled"),
          new Rule(
              "firewall-rules-missing",
              "firewalls know common attacks and limit each address",
              types("aws_wafv2_web_acl"),
              Scope.ALWAYS,
              rules(),
              pci("6.4.1", "6.4.2").fsbp("ELB.16"),
              "an empty firewall passes everything",
              "add the managed rule groups, none of them only counting, and a"
                  + " rate_based_statement"),
          new Rule(
              "firewall-limit-high",
              "firewalls stop an address before it tries many cards",
              types("aws_wafv2_web_acl"),
              Scope.KEPT_DATA,
              limited(),
              pci("6.4.1", "6.4.2"),
              "one machine would try stolen cards as fast as it can",
              "set firewall.requestsPerFiveMinutes to 100000 or less"),
          new Rule(
              "firewall-not-logged",
              "what firewalls refuse is logged, without credentials",
              types("aws_wafv2_web_acl"),
              Scope.ALWAYS,
              part("aws_wafv2_web_acl_logging_configuration", "resource_arn", keepsRefusals()),
              pci("10.2.1").fsbp("WAF.11"),
              "nobody could tell an attack from a rule that refuses customers",
              "log to a log group, and redact authorization and cookie"));

  private FirewallRules() {}

  private static Requirement rules() {
    return new Requirement(
        "default_action and rules whose action is allow only for an exact path; rule groups "
            + new TreeSet<>(MANAGED)
            + " with override_action none and nothing left out; a rate_based_statement that blocks"
            + " each IP",
        (acl, stack) -> {
          Set<String> missing = new TreeSet<>(MANAGED);
          boolean limited = false;
          for (JsonNode rule : acl.at("rule")) {
            if (rule.path("action").has("allow") && !isExact(rule.path("statement"))) {
              return Optional.of("rule " + rule.path("name") + " allows what others refuse");
            }
            JsonNode group = rule.at("/statement/managed_rule_group_statement");
            if (rule.path("override_action").has("none") && isWhole(group)) {
              missing.remove(group.path("name").asText());
            }
            limited |= limit(rule) > 0;
          }
          String found = missing.isEmpty() ? "no limit for each address" : "none of " + missing;
          return faultIf(!missing.isEmpty() || !limited, found);
        });
  }

  private static Requirement limited() {
    return new Requirement(
        "a rate_based_statement that blocks each IP with limit " + MOST_REQUESTS + " or less",
        (acl, stack) -> {
          boolean limited = false;
          for (JsonNode rule : acl.at("rule")) {
            limited |= limit(rule) > 0 && limit(rule) <= MOST_REQUESTS;
          }
          return faultIf(!limited, "no such limit");
        });
  }

  /** What a rule grants each address, 0 when it limits none of them, or not everywhere. */
  private static long limit(JsonNode rule) {
    JsonNode rate = rule.at("/statement/rate_based_statement");
    boolean every =
        !rate.has("scope_down_statement")
            && rate.path("aggregate_key_type").asText("IP").equals("IP");
    return every && rule.path("action").has("block") ? rate.path("limit").asLong() : 0;
  }

  private static boolean isWhole(JsonNode group) {
    return group.path("vendor_name").asText().equals("AWS")
        && Stream.of("excluded_rule", "rule_action_override", "scope_down_statement", "version")
            .noneMatch(group::has);
  }

  /** One path, by whichever method. */
  private static boolean isExact(JsonNode statement) {
    JsonNode path = statement.path("byte_match_statement");
    return path.path("field_to_match").has("uri_path")
            && path.path("positional_constraint").asText().equals("EXACTLY")
            && path.path("search_string").asText().startsWith("/")
        || statement.at("/and_statement/statement").valueStream().anyMatch(FirewallRules::isExact);
  }

  private static Requirement keepsRefusals() {
    return new Requirement(
        "log_destination_configs; redacted_fields authorization and cookie; a logging_filter, if any,"
            + " that keeps BLOCK",
        (logging, stack) -> {
          String redacted = logging.text("redacted_fields");
          String filter = logging.text("logging_filter");
          boolean kept = filter.isEmpty() || KEEPS_BLOCK.matcher(filter).find();
          return has("log_destination_configs")
              .check()
              .fault(logging, stack)
              .or(
                  () ->
                      faultIf(
                          !redacted.contains("\"authorization\"")
                              || !redacted.contains("\"cookie\""),
                          logging.describe("redacted_fields")))
              .or(() -> faultIf(!kept, logging.describe("logging_filter")));
        });
  }
}
