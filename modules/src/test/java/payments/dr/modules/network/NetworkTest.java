package payments.dr.modules.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.default_security_group.DefaultSecurityGroup;
import com.hashicorp.cdktf.providers.aws.flow_log.FlowLog;
import com.hashicorp.cdktf.providers.aws.nat_gateway.NatGateway;
import com.hashicorp.cdktf.providers.aws.route.Route;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import com.hashicorp.cdktf.providers.aws.vpc.Vpc;
import com.hashicorp.cdktf.providers.aws.vpc_endpoint.VpcEndpoint;
import com.hashicorp.cdktf.providers.aws.vpc_peering_connection_options.VpcPeeringConnectionOptions;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

class NetworkTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    TestStack stack = new TestStack(outdir);
    RegionPair<EncryptionKeys> keys = stack.keys();
    new NetworkPeering(
        "peering", new NetworkPeeringProps(TestStack.NAMES, stack.regions(), stack.networks(keys)));
    synthesized = stack.synthesize();
  }

  @Test
  void vpc_carries_its_regions_name_provider_and_range() {
    JsonNode vpc = synthesized.only(Vpc.TF_RESOURCE_TYPE, "dr_network");

    assertEquals("dr-vpc-test", vpc.at("/tags/Name").asText());
    assertEquals("aws.dr", vpc.path("provider").asText());
    assertEquals("10.1.0.0/16", vpc.path("cidr_block").asText());
  }

  @Test
  void each_tier_has_a_subnet_in_each_zone_and_none_gives_public_addresses() {
    Set<String> blocks =
        synthesized.resources(Subnet.TF_RESOURCE_TYPE).entrySet().stream()
            .filter(subnet -> subnet.getKey().contains(".primary_"))
            .peek(
                subnet ->
                    assertFalse(
                        subnet.getValue().path("map_public_ip_on_launch").asBoolean(true),
                        subnet.getKey()))
            .map(subnet -> subnet.getValue().path("cidr_block").asText())
            .collect(Collectors.toSet());

    assertEquals(
        Set.of(
            "10.0.0.0/20",
            "10.0.16.0/20",
            "10.0.32.0/20",
            "10.0.64.0/20",
            "10.0.80.0/20",
            "10.0.96.0/20",
            "10.0.128.0/20",
            "10.0.144.0/20",
            "10.0.160.0/20"),
        blocks);
  }

  @Test
  void database_tier_has_no_route_to_the_internet() {
    synthesized
        .resources(Route.TF_RESOURCE_TYPE)
        .forEach(
            (address, route) -> {
              if (route.path("route_table_id").asText().contains("_database_")) {
                assertFalse(
                    route.path("destination_cidr_block").asText().equals("0.0.0.0/0"), address);
              }
            });
  }

  @Test
  void peering_routes_reach_application_and_database_of_the_other_side_only() {
    Set<String> reached =
        synthesized.resources(Route.TF_RESOURCE_TYPE).entrySet().stream()
            .filter(route -> route.getKey().contains(".primary_peering"))
            .map(route -> route.getValue().path("destination_cidr_block").asText())
            .collect(Collectors.toSet());

    assertEquals(Set.of("10.1.64.0/18", "10.1.128.0/18"), reached);
  }

  @Test
  void each_side_sets_its_own_peering_options() {
    JsonNode requester =
        synthesized.only(VpcPeeringConnectionOptions.TF_RESOURCE_TYPE, "primary_peering");
    JsonNode accepter =
        synthesized.only(VpcPeeringConnectionOptions.TF_RESOURCE_TYPE, "dr_peering");

    assertTrue(requester.at("/requester/allow_remote_vpc_dns_resolution").asBoolean());
    assertEquals("aws.primary", requester.path("provider").asText());
    assertTrue(accepter.at("/accepter/allow_remote_vpc_dns_resolution").asBoolean());
    assertEquals("aws.dr", accepter.path("provider").asText());
  }

  @Test
  void each_zone_leaves_through_its_own_nat_gateway() {
    assertEquals(6, synthesized.resources(NatGateway.TF_RESOURCE_TYPE).size());
  }

  @Test
  void default_security_group_has_no_rules() {
    JsonNode group = synthesized.only(DefaultSecurityGroup.TF_RESOURCE_TYPE, "primary_network");

    assertTrue(group.path("ingress").isEmpty() && group.path("egress").isEmpty(), group::toString);
  }

  @Test
  void gateway_endpoints_admit_the_own_account() {
    JsonNode endpoint = synthesized.only(VpcEndpoint.TF_RESOURCE_TYPE, "dr_network_endpoints_s3");
    JsonNode statement = SynthesizedStack.embedded(endpoint.path("policy")).at("/Statement/0");

    assertEquals(
        TestStack.ACCOUNT, statement.at("/Condition/StringEquals/aws:PrincipalAccount").asText());
  }

  /** Named whole: a pattern would match a bucket that somebody else made. */
  @Test
  void agents_reach_the_buckets_of_aws_that_its_documents_name_without_signing_in() {
    JsonNode endpoint = synthesized.only(VpcEndpoint.TF_RESOURCE_TYPE, "dr_network_endpoints_s3");
    JsonNode statement = SynthesizedStack.embedded(endpoint.path("policy")).at("/Statement/2");
    Set<String> resources = new HashSet<>();
    statement.path("Resource").forEach(it -> resources.add(it.asText()));

    assertEquals("*", statement.path("Principal").asText());
    assertEquals("s3:GetObject", statement.path("Action").asText());
    assertEquals(
        Set.of(
            "arn:aws:s3:::amazon-ssm-us-east-2/*",
            "arn:aws:s3:::aws-ssm-us-east-2/*",
            "arn:aws:s3:::aws-ssm-document-attachments-us-east-2/*",
            "arn:aws:s3:::us-east-2-birdwatcher-prod/*",
            "arn:aws:s3:::patch-baseline-snapshot-us-east-2/*",
            "arn:aws:s3:::aws-patch-manager-us-east-2-552881074/*",
            "arn:aws:s3:::inspector2-oval-prod-us-east-2/*"),
        resources);
  }

  @Test
  void buckets_of_aws_have_names_of_their_own_in_some_regions() {
    assertEquals(
        List.of(
            "arn:aws:s3:::amazon-ssm-af-south-1/*",
            "arn:aws:s3:::aws-ssm-af-south-1/*",
            "arn:aws:s3:::aws-ssm-document-attachments-af-south-1/*",
            "arn:aws:s3:::aws-ssm-distributor-file-af-south-1/*",
            "arn:aws:s3:::patch-baseline-snapshot-af-south-1-tbxdb5b9/*",
            "arn:aws:s3:::aws-patch-manager-af-south-1-bdd5f65a9/*"),
        AwsBuckets.systemsManager("af-south-1"));
    assertFalse(
        AwsBuckets.systemsManager("mx-central-1").toString().contains("aws-patch-manager"),
        "a name that AWS's list lacks cannot be known");
  }

  @Test
  void flow_logs_record_all_traffic() {
    assertEquals(
        "ALL",
        synthesized.only(FlowLog.TF_RESOURCE_TYPE, "dr_network").path("traffic_type").asText());
  }
}
