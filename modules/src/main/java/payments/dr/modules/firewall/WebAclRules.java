package payments.dr.modules.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import payments.dr.configuration.firewall.FirewallSettings;

/**
 * The firewall's rules as Terraform writes them, in the order in which they are asked; the first
 * that allows or blocks decides.
 *
 * <p>Probes come first: a firewall that refused them would report a healthy Region as lost. They
 * have a limit of their own, because a deep probe writes to the database and nobody signs in for
 * it.
 */
final class WebAclRules {

  /**
   * Probes that one address may send in five minutes: six times what a controller sends, two each
   * five seconds in at most four invocations; a health checker sends less.
   */
  private static final int PROBES = 3000;

  private static final Map<String, Object> NOTHING = Map.of();

  private final List<Map<String, Object>> rules = new ArrayList<>();

  private WebAclRules() {}

  static List<Map<String, Object>> of(FirewallSettings settings, String probePath) {
    Map<String, Object> path = equal("uri_path", probePath);
    Map<String, Object> probes = Map.of("statement", List.of(path, equal("method", "GET")));
    return new WebAclRules()
        .block("probe-rate", PROBES, Map.of("scope_down_statement", path))
        .rule("probe", "action", "allow", Map.of("and_statement", probes))
        .block("rate", settings.requestsPerFiveMinutes(), NOTHING)
        .managed("ip-reputation", "AWSManagedRulesAmazonIpReputationList")
        .managed("known-bad-inputs", "AWSManagedRulesKnownBadInputsRuleSet")
        .managed("common", "AWSManagedRulesCommonRuleSet")
        .managed("sql-database", "AWSManagedRulesSQLiRuleSet")
        .rules;
  }

  /** Blocks an address while it sends more than that in five minutes of what the scope names. */
  private WebAclRules block(String name, int requests, Map<String, Object> scope) {
    Map<String, Object> rate = new TreeMap<>(scope);
    rate.put("limit", requests);
    rate.put("aggregate_key_type", "IP");
    return rule(name, "action", "block", Map.of("rate_based_statement", rate));
  }

  /** A rule group of AWS, which acts as AWS says. */
  private WebAclRules managed(String name, String group) {
    return rule(
        name,
        "override_action",
        "none",
        Map.of("managed_rule_group_statement", Map.of("vendor_name", "AWS", "name", group)));
  }

  private WebAclRules rule(String name, String kind, String action, Map<String, Object> statement) {
    rules.add(
        Map.of(
            "name",
            name,
            "priority",
            rules.size(),
            kind,
            Map.of(action, NOTHING),
            "statement",
            statement,
            "visibility_config",
            Map.of(
                "cloudwatch_metrics_enabled",
                true,
                "metric_name",
                name,
                "sampled_requests_enabled",
                true)));
    return this;
  }

  private static Map<String, Object> equal(String field, String value) {
    return Map.of(
        "byte_match_statement",
        Map.of(
            "field_to_match",
            Map.of(field, NOTHING),
            "positional_constraint",
            "EXACTLY",
            "search_string",
            value,
            "text_transformation",
            List.of(Map.of("priority", 0, "type", "NONE"))));
  }
}
