package payments.dr.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import payments.dr.modules.testing.SynthesizedStack;

/**
 * The failover functions reach DynamoDB of a third Region from their subnets: by a NAT gateway,
 * past every endpoint, which are all of their own Region.
 */
class WayToTheWitnessTest {

  static Stream<String> environments() {
    return SynthesizedStacks.names().filter(name -> name.startsWith("payments-dr-"));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void every_subnet_of_a_function_leads_to_a_nat_gateway(String name) {
    SynthesizedStack stack = SynthesizedStacks.get(name);
    Map<String, JsonNode> functions = stack.resources("aws_lambda_function");
    assertEquals(2, functions.size());

    functions.forEach(
        (address, function) -> {
          List<String> subnets = texts(function.at("/vpc_config/subnet_ids"));
          assertFalse(subnets.isEmpty(), address);
          subnets.forEach(
              subnet -> {
                String table =
                    only(stack, "aws_route_table_association", "subnet_id", subnet)
                        .path("route_table_id")
                        .asText();
                JsonNode way = only(stack, "aws_route", "route_table_id", table, "0.0.0.0/0");
                assertTrue(
                    way.path("nat_gateway_id").asText().startsWith("${aws_nat_gateway."),
                    () -> address + " by " + way);
              });
        });
  }

  @ParameterizedTest
  @MethodSource("environments")
  void security_group_of_a_function_lets_tls_out_to_everybody(String name) {
    SynthesizedStack stack = SynthesizedStacks.get(name);

    stack
        .resources("aws_lambda_function")
        .forEach(
            (address, function) -> {
              Set<String> open = new TreeSet<>();
              texts(function.at("/vpc_config/security_group_ids"))
                  .forEach(
                      group ->
                          stack.resources("aws_vpc_security_group_egress_rule").values().stream()
                              .filter(it -> it.path("security_group_id").asText().equals(group))
                              .filter(it -> it.path("cidr_ipv4").asText().equals("0.0.0.0/0"))
                              .filter(it -> it.path("ip_protocol").asText().equals("tcp"))
                              .forEach(it -> open.add(it.path("from_port").asText())));
              assertTrue(open.contains("443"), () -> address + " lets out " + open);
            });
  }

  /** An endpoint's policy holds for what goes through it, which the witness's Region does not. */
  @ParameterizedTest
  @MethodSource("environments")
  void no_endpoint_stands_in_the_way(String name) {
    SynthesizedStack stack = SynthesizedStacks.get(name);
    Map<String, String> regions = Map.of("primary", region(stack, 0), "dr", region(stack, 1));

    stack
        .resources("aws_vpc_endpoint")
        .forEach(
            (address, endpoint) -> {
              String role = address.split("\\.")[1].split("_")[0];
              assertTrue(
                  endpoint
                      .path("service_name")
                      .asText()
                      .startsWith("com.amazonaws." + regions.get(role) + "."),
                  () -> address + " of " + endpoint.path("service_name"));
            });
    assertEquals(Map.of(), stack.resources("aws_network_acl_rule"));
    assertEquals(Map.of(), stack.resources("aws_route53_resolver_firewall_rule"));
  }

  @Test
  void witness_demands_no_endpoint_of_its_callers() {
    JsonNode witness = SynthesizedStacks.get("witness-local").json();

    assertFalse(witness.toString().contains("aws_dynamodb_resource_policy"));
    assertFalse(witness.toString().contains("aws:SourceVpc"));
  }

  private static String region(SynthesizedStack stack, int index) {
    return stack.json().at("/provider/aws/" + index + "/region").asText();
  }

  private static JsonNode only(SynthesizedStack stack, String type, String key, String value) {
    return only(stack, type, key, value, "");
  }

  private static JsonNode only(
      SynthesizedStack stack, String type, String key, String value, String destination) {
    List<JsonNode> found =
        stack.resources(type).values().stream()
            .filter(it -> it.path(key).asText().equals(value))
            .filter(
                it ->
                    destination.isEmpty()
                        || it.path("destination_cidr_block").asText().equals(destination))
            .toList();
    assertEquals(1, found.size(), () -> type + " with " + key + " " + value);
    return found.get(0);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(it -> texts.add(it.asText()));
    return texts;
  }
}
