package payments.dr.modules.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.hashicorp.cdktf.providers.aws.autoscaling_group.AutoscalingGroup;
import com.hashicorp.cdktf.providers.aws.ec2_capacity_reservation.Ec2CapacityReservation;
import com.hashicorp.cdktf.providers.aws.launch_template.LaunchTemplate;
import com.hashicorp.cdktf.providers.aws.lb.Lb;
import com.hashicorp.cdktf.providers.aws.subnet.Subnet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.compute.StandbySettings;
import payments.dr.configuration.region.CidrBlock;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.modules.encryption.EncryptionKeys;
import payments.dr.modules.network.Network;
import payments.dr.modules.testing.SynthesizedStack;
import payments.dr.modules.testing.TestStack;

/** What stands ready in the DR Region, in zones that are given by their ids. */
class StandbyTest {

  @TempDir static Path outdir;

  private static SynthesizedStack synthesized;

  @BeforeAll
  static void synthesize() {
    StandbySettings dr =
        SettingsFactory.of(
            StandbySettings.class,
            "minInstances",
            4,
            "reservedInstances",
            5,
            "loadBalancerCapacityUnits",
            100);
    ComputeSettings compute =
        SettingsFactory.of(
            ComputeSettings.class,
            "dr",
            dr,
            "imageIds",
            new RegionPair<>("ami-0123456789abcdef0", "ami-0fedcba9876543210"));
    TestStack stack =
        new TestStack(
            outdir,
            new RegionPair<>(
                place("us-east-1", "10.0.0.0/16", "use1-az"),
                place("us-east-2", "10.1.0.0/16", "use2-az")),
            compute);
    RegionPair<EncryptionKeys> keys = stack.keys();
    RegionPair<Network> networks = stack.networks(keys);
    stack.fleets(networks, stack.loadBalancers(networks, stack.accessLogs()), keys);
    synthesized = stack.synthesize();
  }

  private static RegionSettings place(String region, String block, String zone) {
    return new RegionSettings(
        region, CidrBlock.valueOf(block), List.of(zone + "1", zone + "2", zone + "3"));
  }

  @Test
  void subnets_are_told_the_ids_of_their_zones() {
    Map<String, JsonNode> subnets = synthesized.resources(Subnet.TF_RESOURCE_TYPE);

    assertEquals(18, subnets.size());
    subnets.forEach(
        (address, subnet) -> {
          assertTrue(subnet.path("availability_zone").isMissingNode(), address);
          assertTrue(
              subnet.path("availability_zone_id").asText().matches("use[12]-az[123]"), address);
        });
  }

  @Test
  void capacity_is_held_in_each_zone_of_the_dr_region_by_the_name_that_aws_tells() {
    Map<String, Integer> held = new TreeMap<>();
    synthesized
        .resources(Ec2CapacityReservation.TF_RESOURCE_TYPE)
        .forEach(
            (address, reservation) -> {
              assertEquals("aws.dr", reservation.path("provider").asText(), address);
              assertEquals("t3.medium", reservation.path("instance_type").asText());
              assertEquals("Linux/UNIX", reservation.path("instance_platform").asText());
              assertEquals("open", reservation.path("instance_match_criteria").asText());
              assertTrue(
                  reservation
                      .path("availability_zone")
                      .asText()
                      .matches(
                          "\\$\\{aws_subnet\\.dr_network_application_use2-az\\d_\\w+\\.availability_zone\\}"),
                  reservation::toString);
              held.put(
                  reservation.at("/tags/Name").asText(),
                  reservation.path("instance_count").asInt());
            });

    assertEquals(
        Map.of(
            "dr-capacity-use2-az1-test", 2,
            "dr-capacity-use2-az2-test", 2,
            "dr-capacity-use2-az3-test", 1),
        held);
  }

  @Test
  void more_instances_run_in_the_dr_region_alone() {
    assertEquals(2, only(AutoscalingGroup.TF_RESOURCE_TYPE, "primary").path("min_size").asInt());
    JsonNode dr = only(AutoscalingGroup.TF_RESOURCE_TYPE, "dr");
    assertEquals(4, dr.path("min_size").asInt());
    assertEquals(4, dr.path("desired_capacity").asInt());
    assertEquals(6, dr.path("max_size").asInt());
  }

  @Test
  void the_dr_regions_load_balancer_alone_keeps_a_capacity() {
    assertEquals(
        100,
        only(Lb.TF_RESOURCE_TYPE, "dr")
            .at("/minimum_load_balancer_capacity/capacity_units")
            .asInt());
    assertTrue(
        only(Lb.TF_RESOURCE_TYPE, "primary")
            .path("minimum_load_balancer_capacity")
            .isMissingNode());
  }

  @Test
  void each_region_boots_the_image_that_is_named_for_it() {
    assertEquals(
        "ami-0123456789abcdef0",
        only(LaunchTemplate.TF_RESOURCE_TYPE, "primary").path("image_id").asText());
    assertEquals(
        "ami-0fedcba9876543210",
        only(LaunchTemplate.TF_RESOURCE_TYPE, "dr").path("image_id").asText());
  }

  private static JsonNode only(String type, String role) {
    return synthesized.only(type, role + "_");
  }
}
