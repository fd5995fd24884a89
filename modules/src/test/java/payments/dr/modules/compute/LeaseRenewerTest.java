package payments.dr.modules.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.iam_role_policy.IamRolePolicy;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.s3_object.S3Object;
import com.hashicorp.cdktf.providers.aws.ssm_parameter.SsmParameter;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_egress_rule.VpcSecurityGroupEgressRule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.network.Network;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.AccessLogs;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class LeaseRenewerTest {

  private static final String SHA256 = "0123456789abcdef".repeat(4);

  private static final RegionPair<LeaseRegister> LEDGERS =
      new RegionPair<>(
          register("us-east-1", "primary-ledger-test"), register("us-east-2", "dr-ledger-test"));

  private static final LeaseRegister WITNESS = register("us-west-2", "witness-ledger-test");

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<Network> networks = stack.networks(keys);
    RegionPair<AccessLogs> accessLogs = stack.accessLogs();
    RegionPair<LoadBalancer> loadBalancers = stack.loadBalancers(networks, accessLogs);
    RegionPair<Optional<LeaseRenewer>> renewers =
        stack.regions().map(region -> Optional.of(renewer(region, keys, accessLogs)));
    RegionPair<Fleet> fleets = stack.fleets(networks, loadBalancers, keys, renewers);
    renewers.dr().orElseThrow().serve(fleets.dr(), List.of(database("v1"), database("v2")));
    synthesized = stack.synthesize();
  }

  private static LeaseRenewer renewer(
      Region region, RegionPair<EncryptionKeys> keys, RegionPair<AccessLogs> accessLogs) {
    return new LeaseRenewer(
        region,
        "lease-renewer",
        new LeaseRenewerProps(
            TestStack.NAMES,
            new RenewerCode("assets/lease-renewer/1/lease-renewer.jar", SHA256),
            List.of(LEDGERS.get(region.role()), LEDGERS.get(region.role().other()), WITNESS),
            keys.get(region.role()),
            accessLogs.get(region.role()),
            true));
  }

  private static LeaseRegister register(String region, String table) {
    return new LeaseRegister(
        region, table, "arn:aws:dynamodb:" + region + ":123456789012:table/" + table);
  }

  private static LeasedDatabase database(String generation) {
    return new LeasedDatabase(
        generation,
        "dr." + generation + ".example.com",
        5432,
        "paymentsdb",
        "arn:aws:rds-db:us-east-2:123456789012:dbuser:" + generation + "/payments_renewer");
  }

  @Test
  void the_jar_lies_in_the_regions_own_bucket_under_the_name_of_its_content() {
    JsonNode jar = synthesized.only(S3Object.TF_RESOURCE_TYPE, "dr_lease-renewer");

    assertEquals("aws.dr", jar.path("provider").asText());
    assertEquals("lease-renewer-" + SHA256 + ".jar", jar.path("key").asText());
    assertEquals("assets/lease-renewer/1/lease-renewer.jar", jar.path("source").asText());
    assertTrue(
        jar.path("bucket").asText().startsWith("${aws_s3_bucket.dr_lease-renewer_code_"),
        jar::toString);
  }

  /** Instances of the template before may still be launched while the next one is made. */
  @Test
  void the_jar_before_goes_last() {
    assertTrue(
        synthesized
            .only(S3Object.TF_RESOURCE_TYPE, "dr_lease-renewer")
            .at("/lifecycle/create_before_destroy")
            .asBoolean());
    assertTrue(
        template().path("depends_on").toString().contains("aws_s3_object.dr_lease-renewer_jar"),
        template()::toString);
  }

  @Test
  void instances_fetch_it_by_systemd_and_check_what_they_got() {
    String script = script();

    assertTrue(
        script.contains(
            "aws s3 cp --no-progress --region us-east-2"
                + " s3://acme-dr-renewer-test/lease-renewer-"
                + SHA256
                + ".jar fetched.jar\n"),
        script);
    assertTrue(script.contains("sha256sum --check --status <<<\"" + SHA256 + "  $1\""), script);
    assertTrue(script.contains("\nRestart=always\n"), script);
    assertFalse(script.matches("(?s).*@[A-Z0-9_]+@.*"), script);
  }

  @Test
  void it_is_told_its_registers_by_their_distance_and_where_the_databases_are_told() {
    Map<String, String> variables = new HashMap<>();
    script()
        .lines()
        .filter(line -> line.startsWith("Environment="))
        .map(line -> line.split("=", 3))
        .forEach(words -> variables.put(words[1], words[2]));

    assertEquals(
        Map.of(
            "ENVIRONMENT", "test",
            "AWS_REGION", "us-east-2",
            "DATABASES_PARAMETER", "/payments/test/lease-databases",
            "OWN_REGISTER", "us-east-2/dr-ledger-test",
            "OTHER_REGISTER", "us-east-1/primary-ledger-test",
            "WITNESS_REGISTER", "us-west-2/witness-ledger-test"),
        variables);
  }

  @Test
  void it_runs_as_a_user_of_its_own_that_may_change_nothing() {
    String unit =
        script().substring(script().indexOf("[Unit]"), script().indexOf("WantedBy=")) + "\n";

    for (String line :
        List.of(
            "DynamicUser=yes",
            "NoNewPrivileges=yes",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "CapabilityBoundingSet=",
            "RestrictAddressFamilies=AF_INET AF_INET6",
            "StartLimitIntervalSec=0")) {
      assertTrue(unit.contains("\n" + line + "\n"), line);
    }
  }

  /** An image with an application of its own leaves the script early. */
  @Test
  void it_is_started_whatever_the_image_brings() {
    assertTrue(
        script().indexOf("enable --now --no-block payments-lease-renewer.service")
            < script().indexOf("systemctl cat payments.service"));
  }

  @Test
  void the_script_is_one_that_bash_reads() throws Exception {
    Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (var in = bash.getOutputStream()) {
      in.write(script().getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertTrue(bash.waitFor(10, TimeUnit.SECONDS));
    assertEquals("", said);
    assertEquals(0, bash.exitValue());
    // EC2 takes 16 KiB of it.
    assertTrue(script().length() < 16_384);
  }

  @Test
  void all_generations_are_told_without_a_new_template() {
    assertEquals(
        "v1=dr.v1.example.com:5432/paymentsdb v2=dr.v2.example.com:5432/paymentsdb",
        synthesized
            .only(SsmParameter.TF_RESOURCE_TYPE, "dr_lease-renewer")
            .path("insecure_value")
            .asText());
    assertFalse(script().contains("example.com"), script());
  }

  @Test
  void the_fleets_role_may_write_the_lease_of_three_tables_and_no_other_entry() {
    JsonNode statement = statement("RenewLease");

    assertEquals(
        "[\"dynamodb:GetItem\",\"dynamodb:PutItem\"]", statement.path("Action").toString());
    assertEquals(
        List.of(
            "arn:aws:dynamodb:us-east-2:123456789012:table/dr-ledger-test",
            "arn:aws:dynamodb:us-east-1:123456789012:table/primary-ledger-test",
            "arn:aws:dynamodb:us-west-2:123456789012:table/witness-ledger-test"),
        texts(statement.path("Resource")));
    assertEquals(
        "{\"ForAllValues:StringEquals\":{\"dynamodb:LeadingKeys\":\"LEASE\"}}",
        statement.path("Condition").toString());
  }

  @Test
  void it_may_sign_in_to_each_generation_as_the_renewer_alone() {
    JsonNode statement = statement("OpenDatabases");

    assertEquals("rds-db:connect", statement.path("Action").asText());
    assertEquals(
        List.of(
            "arn:aws:rds-db:us-east-2:123456789012:dbuser:v1/payments_renewer",
            "arn:aws:rds-db:us-east-2:123456789012:dbuser:v2/payments_renewer"),
        texts(statement.path("Resource")));
  }

  /** Own register by the gateway, which is free; the other two through NAT, as all of AWS. */
  @Test
  void instances_reach_all_three_tables() {
    JsonNode endpoint =
        synthesized.only(VpcEndpoint.TF_RESOURCE_TYPE, "dr_network_endpoints_dynamodb");
    assertEquals("com.amazonaws.us-east-2.dynamodb", endpoint.path("service_name").asText());
    assertEquals(
        3,
        texts(endpoint.path("route_table_ids")).stream()
            .filter(table -> table.contains("application-"))
            .count());
    JsonNode policy = SynthesizedStack.embedded(endpoint.path("policy"));
    assertEquals("*", policy.at("/Statement/0/Action").asText());
    assertEquals("*", policy.at("/Statement/0/Resource").asText());

    JsonNode out =
        synthesized.only(
            VpcSecurityGroupEgressRule.TF_RESOURCE_TYPE, "dr_fleet_security-group_to-aws");
    assertEquals("0.0.0.0/0", out.path("cidr_ipv4").asText());
    assertEquals(443, out.path("to_port").asInt());
    for (String zone : List.of("us-east-2a", "us-east-2b", "us-east-2c")) {
      JsonNode route =
          synthesized.only(
              Route.TF_RESOURCE_TYPE, "dr_network_routing_application-internet-" + zone);
      assertEquals("0.0.0.0/0", route.path("destination_cidr_block").asText());
      assertTrue(
          route.path("nat_gateway_id").asText().startsWith("${aws_nat_gateway.dr_network_"),
          route::toString);
    }
  }

  @Test
  void registers_must_be_three() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LeaseRenewerProps(null, null, List.of(WITNESS), null, null, true));

    assertEquals("registers of a lease must be three, got 1", refused.getMessage());
  }

  private static JsonNode statement(String sid) {
    JsonNode policy =
        SynthesizedStack.embedded(
            synthesized.only(IamRolePolicy.TF_RESOURCE_TYPE, "dr_lease-renewer").path("policy"));
    TreeSet<String> sids = new TreeSet<>();
    policy.path("Statement").forEach(it -> sids.add(it.path("Sid").asText()));
    return StreamSupport.stream(policy.path("Statement").spliterator(), false)
        .filter(it -> it.path("Sid").asText().equals(sid))
        .findFirst()
        .orElseThrow(() -> new AssertionError("must hold " + sid + ", got " + sids));
  }

  private static List<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode template() {
    return synthesized.only(LaunchTemplate.TF_RESOURCE_TYPE, "dr_fleet");
  }

  private static String script() {
    return new String(
        Base64.getDecoder().decode(template().path("user_data").asText()), StandardCharsets.UTF_8);
  }
}
