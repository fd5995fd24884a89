package payments.dr.modules.failover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.route53_health_check.Route53HealthCheck;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53Record;
import com.hashicorp.cdktf.providers.aws.route53_zone.Route53Zone;
import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import com.hashicorp.cdktf.providers.aws.s3_bucket_public_access_block.S3BucketPublicAccessBlock;
import com.hashicorp.cdktf.providers.aws.s3_bucket_server_side_encryption_configuration.S3BucketServerSideEncryptionConfigurationA;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.failover.FailoverSettings;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.configuration.storage.StorageSettings;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.storage.AccessLogsProps;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class TrafficRoutingTest {

  private static final FailoverSettings DEFAULTS = SettingsFactory.of(FailoverSettings.class);

  @TempDir static Path outdir;
  @TempDir static Path otherOutdir;

  private static SynthesizedStack synthesized;
  private static SynthesizedStack unprotected;

  @BeforeAll
  static void synthesize() {
    synthesized =
        routed(
            outdir,
            SettingsFactory.of(DnsSettings.class, "domainName", "payments-test.example.com"),
            true,
            true);
    unprotected =
        routed(
            otherOutdir,
            new DnsSettings("payments-test.example.com", "Z123", List.of("ns-1.example.org"), 5),
            false,
            false);
  }

  private static SynthesizedStack routed(
      Path outdir, DnsSettings dns, boolean tls, boolean protectData) {
    TestStack stack = new TestStack(outdir);
    RegionPair<Region> regions = stack.regions();
    RegionPair<AccessLogs> logs =
        regions.map(
            region ->
                new AccessLogs(
                    region,
                    "access-logs",
                    new AccessLogsProps(
                        TestStack.NAMES.bucket(region.role(), "access-logs"),
                        SettingsFactory.of(StorageSettings.class),
                        true,
                        protectData)));
    HostedZone zone = new HostedZone(regions.dr(), "dns", new HostedZoneProps(dns, protectData));
    TrafficLatch latch =
        new TrafficLatch(
            "traffic-latch", new TrafficLatchProps(TestStack.NAMES, regions, logs, protectData));
    new TrafficRouting(
        regions.dr(),
        "traffic-routing",
        new TrafficRoutingProps(
            TestStack.NAMES,
            dns,
            DEFAULTS,
            zone,
            latch,
            new RegionPair<>("alb-1.example.net", "alb-2.example.net"),
            tls));
    return stack.synthesize();
  }

  @Test
  void primary_answers_while_nothing_is_latched_and_only_then() {
    JsonNode record = record("service_primary");

    assertEquals("PRIMARY", record.at("/failover_routing_policy/type").asText());
    assertEquals("alb-1.example.net", record.at("/records/0").asText());
    assertEquals(
        "${aws_route53_health_check.dr_traffic-latch_dr-active_"
            + idOf(Route53HealthCheck.TF_RESOURCE_TYPE, "dr_traffic-latch_dr-active_")
            + ".id}",
        record.path("health_check_id").asText());
  }

  @Test
  void dr_answers_without_a_check_so_that_it_can_never_be_found_unhealthy() {
    JsonNode record = record("service_dr");

    assertEquals("SECONDARY", record.at("/failover_routing_policy/type").asText());
    assertEquals("alb-2.example.net", record.at("/records/0").asText());
    assertTrue(record.path("health_check_id").isMissingNode(), record::toString);
  }

  @Test
  void latch_is_unhealthy_when_any_check_finds_an_object() {
    JsonNode latch = check("dr_traffic-latch_dr-active");

    assertEquals("CALCULATED", latch.path("type").asText());
    assertEquals(1, latch.path("child_health_threshold").asInt());
    assertTrue(latch.path("invert_healthcheck").asBoolean());
    assertEquals(4, latch.path("child_healthchecks").size());
  }

  /** A new check counts as healthy until it has data, and would send customers to DR. */
  @Test
  void latch_checks_are_not_replaced_when_data_is_protected() {
    Map<String, JsonNode> kept = latchChecks(synthesized);

    assertEquals(5, kept.size());
    kept.forEach(
        (address, check) ->
            assertTrue(check.at("/lifecycle/prevent_destroy").asBoolean(), address));
    latchChecks(unprotected)
        .forEach(
            (address, check) ->
                assertFalse(check.at("/lifecycle/prevent_destroy").asBoolean(), address));
  }

  /** Nothing that observes endpoints, so that neither a sick nor a recovered one moves traffic. */
  @Test
  void latch_looks_at_its_own_objects_and_nothing_else() {
    for (JsonNode child : check("dr_traffic-latch_dr-active").path("child_healthchecks")) {
      JsonNode body =
          synthesized.resources().get(child.asText().replaceAll("\\$\\{(.*)\\.id}", "$1"));

      boolean slow = child.asText().contains("-slow_");
      assertEquals(
          slow ? "/latch/dr-held" : "/latch/dr-active", body.path("resource_path").asText());
      assertTrue(
          body.path("fqdn")
              .asText()
              .matches(
                  "\\$\\{aws_s3_bucket\\.(primary|dr)_traffic-latch_objects_bucket_\\w+\\.id}"
                      + "\\.s3\\.us-east-[12]\\.amazonaws\\.com"),
          body::toString);
    }
  }

  @ParameterizedTest
  @EnumSource
  void each_latch_object_is_seen_fast_and_forgotten_slowly(RegionRole role) {
    assertEquals(1, objectCheck(role, "fast").path("failure_threshold").asInt());
    assertEquals(10, objectCheck(role, "slow").path("failure_threshold").asInt());
    for (String speed : List.of("fast", "slow")) {
      JsonNode check = objectCheck(role, speed);
      assertEquals("HTTPS", check.path("type").asText());
      assertTrue(check.path("enable_sni").asBoolean());
      assertEquals(10, check.path("request_interval").asInt());
      assertEquals(role.id() + "-latch-" + speed + "-test", check.at("/tags/Name").asText());
    }
  }

  @Test
  void latch_objects_are_never_terraforms() {
    synthesized
        .resources()
        .keySet()
        .forEach(address -> assertFalse(address.startsWith("aws_s3_object"), address));
  }

  @ParameterizedTest
  @EnumSource
  void latch_is_read_by_health_checkers_only(RegionRole role) {
    JsonNode statement =
        statement(
            synthesized.only(S3BucketPolicy.TF_RESOURCE_TYPE, role.id() + "_traffic-latch"),
            "ReadByHealthCheckers");

    assertEquals("s3:GetObject", statement.path("Action").asText());
    assertEquals(
        "arn:aws:s3:::acme-" + role.id() + "-latch-test/latch/*",
        statement.path("Resource").asText());
    Set<String> ranges = new HashSet<>();
    statement.at("/Condition/IpAddress/aws:SourceIp").forEach(range -> ranges.add(range.asText()));
    assertEquals(17, ranges.size());
    assertTrue(ranges.contains("15.177.0.0/18"), ranges::toString);
    ranges.forEach(range -> assertTrue(range.matches("[0-9.]+/(18|26)"), range));
  }

  @ParameterizedTest
  @EnumSource
  void latch_bucket_blocks_public_access_and_uses_keys_that_anonymous_readers_can(RegionRole role) {
    JsonNode block =
        synthesized.only(S3BucketPublicAccessBlock.TF_RESOURCE_TYPE, role.id() + "_traffic-latch");
    for (String key :
        List.of(
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets")) {
      assertTrue(block.path(key).asBoolean(), key);
    }
    assertEquals(
        "AES256",
        synthesized
            .only(
                S3BucketServerSideEncryptionConfigurationA.TF_RESOURCE_TYPE,
                role.id() + "_traffic-latch")
            .at("/rule/0/apply_server_side_encryption_by_default/sse_algorithm")
            .asText());
  }

  @Test
  void service_is_a_cname_with_the_configured_lifetime() {
    for (String id : List.of("service_primary", "service_dr")) {
      JsonNode record = record(id);
      assertEquals("pay.payments-test.example.com", record.path("name").asText());
      assertEquals("CNAME", record.path("type").asText());
      assertEquals(20, record.path("ttl").asInt());
      assertTrue(record.path("alias").isMissingNode());
    }
  }

  @Test
  void external_signal_says_what_the_checkers_see() {
    JsonNode up = record("signal_primary");
    JsonNode down = record("signal_dr");

    assertEquals("up", up.at("/records/0").asText());
    assertTrue(up.path("health_check_id").asText().contains("_primary-endpoint_"), up::toString);
    assertEquals("down", down.at("/records/0").asText());
    assertTrue(down.path("health_check_id").isMissingNode());
    assertEquals(5, up.path("ttl").asInt());
  }

  @ParameterizedTest
  @EnumSource
  void endpoints_are_probed_over_tls_from_several_regions(RegionRole role) {
    JsonNode check = check("dr_traffic-routing_" + role.id() + "-endpoint");

    assertEquals(role.id() + "-hc-test", check.at("/tags/Name").asText());
    assertEquals("HTTPS", check.path("type").asText());
    assertEquals(443, check.path("port").asInt());
    assertTrue(check.path("enable_sni").asBoolean());
    assertEquals("/health.html", check.path("resource_path").asText());
    assertEquals(10, check.path("request_interval").asInt());
    assertEquals(3, check.path("failure_threshold").asInt());
    assertTrue(check.path("regions").size() >= 3);
  }

  @Test
  void endpoints_without_a_certificate_are_probed_over_http() {
    JsonNode check =
        unprotected.only(
            Route53HealthCheck.TF_RESOURCE_TYPE, "dr_traffic-routing_primary-endpoint");

    assertEquals("HTTP", check.path("type").asText());
    assertEquals(80, check.path("port").asInt());
  }

  @Test
  void zone_is_kept_when_data_is_protected() {
    JsonNode zone = synthesized.only(Route53Zone.TF_RESOURCE_TYPE);

    assertEquals("payments-test.example.com", zone.path("name").asText());
    assertTrue(zone.at("/lifecycle/prevent_destroy").asBoolean());
    assertFalse(zone.path("force_destroy").asBoolean(true));
  }

  @Test
  void an_existing_zone_is_used_and_not_created() {
    assertTrue(unprotected.resources(Route53Zone.TF_RESOURCE_TYPE).isEmpty());
    unprotected
        .resources(Route53Record.TF_RESOURCE_TYPE)
        .forEach(
            (address, record) -> assertEquals("Z123", record.path("zone_id").asText(), address));
  }

  @Test
  void dns_is_managed_through_the_dr_region() {
    synthesized
        .resources()
        .forEach(
            (address, body) -> {
              if (address.startsWith("aws_route53_")) {
                assertEquals("aws.dr", body.path("provider").asText(), address);
              }
            });
  }

  private static JsonNode record(String id) {
    return synthesized.only(
        Route53Record.TF_RESOURCE_TYPE, "dr_traffic-routing_" + id.replace('_', '-') + "_");
  }

  private static JsonNode check(String prefix) {
    return synthesized.only(Route53HealthCheck.TF_RESOURCE_TYPE, prefix);
  }

  private static Map<String, JsonNode> latchChecks(SynthesizedStack stack) {
    Map<String, JsonNode> checks = stack.resources(Route53HealthCheck.TF_RESOURCE_TYPE);
    checks.keySet().removeIf(address -> !address.contains(".dr_traffic-latch_"));
    return checks;
  }

  private static JsonNode objectCheck(RegionRole role, String speed) {
    return check("dr_traffic-latch_" + role.id() + "-" + speed);
  }

  private static String idOf(String type, String prefix) {
    return synthesized.resources(type).keySet().stream()
        .filter(address -> address.startsWith(type + "." + prefix))
        .findFirst()
        .orElseThrow()
        .substring((type + "." + prefix).length());
  }

  private static JsonNode statement(JsonNode policy, String sid) {
    for (JsonNode statement : SynthesizedStack.embedded(policy.path("policy")).path("Statement")) {
      if (statement.path("Sid").asText().equals(sid)) {
        return statement;
      }
    }
    throw new AssertionError("no statement " + sid + " in " + policy);
  }
}
