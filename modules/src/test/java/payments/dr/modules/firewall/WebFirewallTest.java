package payments.dr.modules.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl.Wafv2WebAcl;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_association.Wafv2WebAclAssociation;
import com.hashicorp.cdktf.providers.aws.wafv2_web_acl_logging_configuration.Wafv2WebAclLoggingConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.firewall.FirewallSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class WebFirewallTest {

  private static final String PROBE_PATH = "/healthz/payments";

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    new WebFirewall(
        stack.regions().dr(),
        "firewall",
        new WebFirewallProps(
            TestStack.NAMES,
            SettingsFactory.of(
                FirewallSettings.class, "requestsPerFiveMinutes", 5000, "logRetentionDays", 365),
            stack.keys().dr(),
            "arn:load-balancer",
            PROBE_PATH));
    synthesized = stack.synthesize();
  }

  @Test
  void stands_before_the_load_balancer() {
    JsonNode acl = acl();
    JsonNode association = synthesized.only(Wafv2WebAclAssociation.TF_RESOURCE_TYPE);

    assertEquals("dr-web-acl-test", acl.path("name").asText());
    assertEquals("REGIONAL", acl.path("scope").asText());
    assertEquals("aws.dr", acl.path("provider").asText());
    assertTrue(acl.path("default_action").has("allow"));
    assertEquals("arn:load-balancer", association.path("resource_arn").asText());
    assertTrue(
        association.path("web_acl_arn").asText().contains("dr_firewall_web-acl_"),
        association::toString);
  }

  @Test
  void rules_are_asked_in_this_order() {
    List<String> names = new ArrayList<>();
    for (JsonNode rule : acl().path("rule")) {
      assertEquals(names.size(), rule.path("priority").asInt(), rule::toString);
      names.add(rule.path("name").asText());
    }

    assertEquals(
        List.of(
            "probe-rate",
            "probe",
            "rate",
            "ip-reputation",
            "known-bad-inputs",
            "common",
            "sql-database"),
        names);
  }

  @Test
  void probes_pass_before_any_rule_that_could_mistake_them() {
    JsonNode probe = rule("probe");
    JsonNode both = probe.at("/statement/and_statement/statement");

    assertTrue(probe.path("action").has("allow"), probe::toString);
    assertEquals(2, both.size());
    assertTrue(both.get(0).at("/byte_match_statement/field_to_match").has("uri_path"));
    assertEquals(PROBE_PATH, both.get(0).at("/byte_match_statement/search_string").asText());
    assertTrue(both.get(1).at("/byte_match_statement/field_to_match").has("method"));
    assertEquals("GET", both.get(1).at("/byte_match_statement/search_string").asText());
    both.forEach(
        match ->
            assertEquals(
                "EXACTLY", match.at("/byte_match_statement/positional_constraint").asText()));
  }

  @Test
  void nobody_can_flood_the_database_through_the_deep_probe() {
    JsonNode rule = rule("probe-rate");
    JsonNode rate = rule.at("/statement/rate_based_statement");

    assertTrue(rule.path("action").has("block"), rule::toString);
    assertEquals(
        PROBE_PATH, rate.at("/scope_down_statement/byte_match_statement/search_string").asText());
    // Two attempts each five seconds by four invocations, which leave through one address.
    int controller = 2 * 300 / 5 * 4;
    assertTrue(rate.path("limit").asInt() >= 5 * controller, rate::toString);
  }

  @Test
  void one_address_sends_no_more_than_the_settings_say() {
    JsonNode rate = rule("rate").at("/statement/rate_based_statement");

    assertTrue(rule("rate").path("action").has("block"));
    assertEquals(5000, rate.path("limit").asInt());
    assertEquals("IP", rate.path("aggregate_key_type").asText());
    assertTrue(rate.path("scope_down_statement").isMissingNode());
  }

  @Test
  void rule_groups_of_aws_act_as_aws_says() {
    Set<String> groups = new TreeSet<>();
    for (JsonNode rule : acl().path("rule")) {
      JsonNode group = rule.at("/statement/managed_rule_group_statement");
      if (!group.isMissingNode()) {
        assertEquals("AWS", group.path("vendor_name").asText());
        assertTrue(rule.path("override_action").has("none"), rule::toString);
        groups.add(group.path("name").asText());
      }
    }

    assertEquals(
        new TreeSet<>(
            List.of(
                "AWSManagedRulesAmazonIpReputationList",
                "AWSManagedRulesCommonRuleSet",
                "AWSManagedRulesKnownBadInputsRuleSet",
                "AWSManagedRulesSQLiRuleSet")),
        groups);
  }

  @Test
  void every_rule_reports() {
    assertEquals("dr-web-acl-test", acl().at("/visibility_config/metric_name").asText());
    for (JsonNode rule : acl().path("rule")) {
      JsonNode visibility = rule.path("visibility_config");
      assertTrue(visibility.path("cloudwatch_metrics_enabled").asBoolean(), rule::toString);
      assertEquals(rule.path("name"), visibility.path("metric_name"));
    }
  }

  @Test
  void what_it_refuses_is_logged_under_the_key_of_logs() {
    JsonNode group = synthesized.only(CloudwatchLogGroup.TF_RESOURCE_TYPE);
    JsonNode logging = logging();

    assertEquals("aws-waf-logs-dr-web-acl-test", group.path("name").asText());
    assertEquals(365, group.path("retention_in_days").asInt());
    assertTrue(group.path("kms_key_id").asText().contains("dr_encryption_logs_"), group::toString);
    assertEquals("DROP", logging.at("/logging_filter/default_behavior").asText());
    Set<String> kept = new TreeSet<>();
    logging
        .at("/logging_filter/filter/0/condition")
        .forEach(it -> kept.add(it.at("/action_condition/action").asText()));
    assertEquals(Set.of("BLOCK", "COUNT"), kept);
  }

  @Test
  void no_credentials_reach_the_log() {
    Set<String> redacted = new TreeSet<>();
    logging()
        .path("redacted_fields")
        .forEach(field -> redacted.add(field.at("/single_header/name").asText()));

    assertEquals(Set.of("authorization", "cookie"), redacted);
  }

  private static JsonNode acl() {
    return synthesized.only(Wafv2WebAcl.TF_RESOURCE_TYPE);
  }

  private static JsonNode logging() {
    return synthesized.only(Wafv2WebAclLoggingConfiguration.TF_RESOURCE_TYPE);
  }

  private static JsonNode rule(String name) {
    for (JsonNode rule : acl().path("rule")) {
      if (rule.path("name").asText().equals(name)) {
        return rule;
      }
    }
    throw new AssertionError("no rule " + name + " in " + acl());
  }
}
