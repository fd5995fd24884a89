package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * Everything lives in the Region that its address names, and leans on the other only where it must.
 */
class PlacementTest {

  private static final Pattern REFERENCE =
      Pattern.compile("\\b(aws_\\w+)\\.((?:primary|dr)_[\\w-]+)");

  /**
   * Where a resource of one Region may refer to one of the other, as "type of the referring
   * resource -> type of the one referred to". DR leans on primary only at creation, never to run.
   */
  private static final Set<String> CROSSINGS =
      Set.of(
          // A connection has two ends.
          "aws_vpc_peering_connection -> aws_vpc",
          "aws_vpc_peering_connection_accepter -> aws_vpc_peering_connection",
          "aws_vpc_peering_connection_options -> aws_vpc_peering_connection_accepter",
          "aws_route -> aws_vpc_peering_connection_accepter",
          // Replicas are made from what they replicate.
          "aws_kms_replica_key -> aws_kms_key");

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void every_resource_uses_the_provider_of_the_region_in_its_address(String stack) {
    Map<String, JsonNode> resources = SynthesizedStacks.get(stack).resources();

    assertFalse(resources.isEmpty(), stack + " has no resources");
    resources.forEach(
        (address, body) -> assertEquals("aws." + region(address), provider(body), address));
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void no_plan_needs_a_data_source(String stack) {
    assertTrue(SynthesizedStacks.get(stack).json().path("data").isMissingNode(), stack);
  }

  @ParameterizedTest
  @MethodSource("payments.dr.main.SynthesizedStacks#names")
  void references_cross_regions_only_where_two_regions_must_meet(String stack) {
    SynthesizedStack synthesized = SynthesizedStacks.get(stack);
    Set<String> unexpected = new TreeSet<>();
    synthesized
        .resources()
        .forEach(
            (address, body) -> {
              Matcher reference = REFERENCE.matcher(body.toString());
              while (reference.find()) {
                String crossing = type(address) + " -> " + reference.group(1);
                if (!region(address).equals(region(reference.group()))
                    && !CROSSINGS.contains(crossing)) {
                  unexpected.add(crossing + " (" + address + ")");
                }
              }
            });

    assertEquals(Set.of(), unexpected);
  }

  @Test
  void every_allowed_crossing_is_used() {
    Set<String> used = new TreeSet<>();
    SynthesizedStacks.all()
        .values()
        .forEach(
            stack ->
                stack
                    .resources()
                    .forEach(
                        (address, body) -> {
                          Matcher reference = REFERENCE.matcher(body.toString());
                          while (reference.find()) {
                            if (!region(address).equals(region(reference.group()))) {
                              used.add(type(address) + " -> " + reference.group(1));
                            }
                          }
                        }));

    assertEquals(new TreeSet<>(CROSSINGS), used);
  }

  private static String provider(JsonNode resource) {
    return resource.path("provider").asText("none");
  }

  private static String type(String address) {
    return address.substring(0, address.indexOf('.'));
  }

  private static String region(String address) {
    String id = address.substring(address.indexOf('.') + 1);
    return id.startsWith("primary_") ? "primary" : id.startsWith("dr_") ? "dr" : "none in " + id;
  }
}
