package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The firewall before each load balancer. */
final class FirewallRules {

  /** What AWS advises for any application, and for one with a database. */
  private static final Set<String> MANAGED =
      Set.of(
          "AWSManagedRulesCommonRuleSet",
          "AWSManagedRulesKnownBadInputsRuleSet",
          "AWSManagedRulesSQLiRuleSet");

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
              "firewall-not-logged",
              "what firewalls refuse is logged, without credentials",
              types("aws_wafv2_web_acl"),
              Scope.ALWAYS,
              part(
                  "aws_wafv2_web_acl_logging_configuration",
                  "resource_arn",
                  has("log_destination_configs").and(has("redacted_fields"))),
              pci("10.2.1").fsbp("WAF.11"),
              "nobody could tell an attack from a rule that refuses customers",
              "log to a log group, and redact authorization and cookie"));

  private FirewallRules() {}

  private static Requirement rules() {
    return new Requirement(
        "rule groups "
            + new TreeSet<>(MANAGED)
            + " with override_action none, and a rate_based_statement that blocks",
        (acl, stack) -> {
          Set<String> missing = new TreeSet<>(MANAGED);
          boolean limited = false;
          for (JsonNode rule : acl.at("rule")) {
            JsonNode statement = rule.path("statement");
            if (rule.path("override_action").has("none")) {
              missing.remove(statement.path("managed_rule_group_statement").path("name").asText());
            }
            limited |=
                statement.has("rate_based_statement")
                    && !statement.path("rate_based_statement").has("scope_down_statement")
                    && rule.path("action").has("block");
          }
          String found = missing.isEmpty() ? "no limit for each address" : "none of " + missing;
          return faultIf(!missing.isEmpty() || !limited, found);
        });
  }
}
