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
import payments.dr.main.testing.ProjectCopy;

class PlaceTest {

  @Test
  void address_says_capability_and_region() {
    assertEquals(new Place("network", "primary"), Place.of("primary_network_vpc_1A2B3C4D"));
    assertEquals(new Place("database", "dr"), Place.of("dr_database-v2_aurora_cluster_1A2B3C4D"));
    assertEquals(new Place("unknown", "dr"), Place.of("dr_surprise_thing_1A2B3C4D"));
    assertEquals(new Place("unknown", "unknown"), Place.of("handmade"));
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
            Place place = Place.of(resource.getKey());
            if (place.capability().equals(Place.UNKNOWN)) {
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
