package payments.dr.operations.review.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.testing.ProjectCopy;

class ResourceLocationTest {

  @Test
  void address_says_capability_and_region() {
    assertEquals(place("network", "primary"), ResourceLocation.of("primary_network_vpc_1A2B3C4D"));
    assertEquals(place("unknown", "dr"), ResourceLocation.of("dr_surprise_thing_1A2B3C4D"));
    assertEquals(place("unknown", "unknown"), ResourceLocation.of("handmade"));
  }

  @Test
  void address_says_the_generation_that_a_resource_goes_with() {
    assertEquals(
        new ResourceLocation("database", "dr", Set.of("v2")),
        ResourceLocation.of("dr_database-v2_aurora_cluster_1A2B3C4D"));
    assertEquals(
        new ResourceLocation("monitoring", "dr", Set.of("v1")),
        ResourceLocation.of("dr_database-alarms-v1_writer-cpu_1A2B3C4D"));
    assertEquals(
        new ResourceLocation("backup", "primary", Set.of("v1")),
        ResourceLocation.of("primary_backup-plan_session-archive-v1_1A2B3C4D"));
    assertEquals(
        new ResourceLocation("database", "dr", Set.of("v1", "v2")),
        ResourceLocation.of("dr_replication-access_v1-to-v2-ingress_1A2B3C4D"));
    assertEquals(
        new ResourceLocation("failover", "dr", Set.of("v1")),
        ResourceLocation.of("dr_controller_security-group_into-v1_1A2B3C4D"));
    assertEquals(place("backup", "primary"), ResourceLocation.of("primary_backup-plan_1A2B3C4D"));
    assertEquals(
        place("failover", "dr"), ResourceLocation.of("dr_controller_security-group_tls_1A2B3C4D"));
    assertEquals(place("database", "dr"), ResourceLocation.of("dr_pointer_parameter_1A2B3C4D"));
    assertEquals(
        place("failover", "witness"), ResourceLocation.of("witness_ledger_table_1A2B3C4D"));
  }

  private static ResourceLocation place(String capability, String region) {
    return new ResourceLocation(capability, region, Set.of());
  }

  /** A construct that the table forgot would be reviewed as nobody's. */
  @Test
  void every_resource_of_every_stack_has_its_place() throws IOException {
    Set<String> lost = new TreeSet<>();
    int resources = 0;
    try (Stream<Path> golden =
        Files.list(ProjectCopy.PROJECT.resolve("main/src/test/resources/golden"))) {
      for (Path file : golden.toList()) {
        for (JsonNode type : new ObjectMapper().readTree(file.toFile()).path("resource")) {
          for (var resource : type.properties()) {
            resources++;
            ResourceLocation place = ResourceLocation.of(resource.getKey());
            if (place.capability().equals(ResourceLocation.UNKNOWN)) {
              lost.add(file.getFileName() + " " + resource.getKey());
            }
          }
        }
      }
    }

    assertEquals(Set.of(), lost);
    assertTrue(resources > 1000, resources + " resources");
  }
}
