package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import payments.dr.compliance.policy.AddressRange;
import payments.dr.operations.review.plan.ResourceChange;

/** Finds security groups that let the internet in. */
final class OpenIngress {

  /** Where our load balancers' listeners are, and the ports they listen on. */
  private static final String LISTENERS =
      "(primary|dr)_load-balancer_(listeners|security-group)_.*";

  private static final Set<Integer> LISTENER_PORTS = Set.of(80, 443);

  private OpenIngress() {}

  static Optional<String> find(ResourceChange change) {
    if (!change.writes()) {
      return Optional.empty();
    }
    return switch (change.type()) {
      case "aws_vpc_security_group_ingress_rule" ->
          isListener(change, change.after())
              ? Optional.empty()
              : open(change.after(), "cidr_ipv4", "cidr_ipv6");
      case "aws_security_group_rule" ->
          change.after("type").asText().equals("ingress")
              ? open(change.after(), "cidr_blocks", "ipv6_cidr_blocks")
              : Optional.empty();
      case "aws_security_group", "aws_default_security_group" ->
          Values.differs(change, "ingress")
              ? elements(change.after("ingress"))
                  .filter(rule -> !isListener(change, rule))
                  .flatMap(rule -> open(rule, "cidr_blocks", "ipv6_cidr_blocks").stream())
                  .findFirst()
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean isListener(ResourceChange change, JsonNode rule) {
    int from = rule.path("from_port").asInt(-1);
    return change.name().matches(LISTENERS)
        && LISTENER_PORTS.contains(from)
        && rule.path("to_port").asInt(-1) == from;
  }

  private static Optional<String> open(JsonNode rule, String ipv4, String ipv6) {
    return Stream.concat(elements(rule.path(ipv4)), elements(rule.path(ipv6)))
        .map(JsonNode::asText)
        .filter(AddressRange::isInternet)
        .map(
            block ->
                "lets %s in, ports %s to %s"
                    .formatted(
                        block,
                        rule.path("from_port").asText("any"),
                        rule.path("to_port").asText("any")))
        .findFirst();
  }

  private static Stream<JsonNode> elements(JsonNode value) {
    return value.isArray() ? StreamSupport.stream(value.spliterator(), false) : Stream.of(value);
  }
}
