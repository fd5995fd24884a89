package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.none;
import static payments.dr.compliance.Requirement.off;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.compliance.policy.AddressRange;

/** Networks. */
final class NetworkRules {

  private static final String RANGE = "\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}";

  /** Of a route; where it leads to, or what for, besides a network that is peered with. */
  private static final List<String> WAYS_OUT =
      List.of(
          "carrier_gateway_id",
          "core_network_arn",
          "destination_ipv6_cidr_block",
          "destination_prefix_list_id",
          "egress_only_gateway_id",
          "gateway_id",
          "local_gateway_id",
          "nat_gateway_id",
          "network_interface_id",
          "transit_gateway_id",
          "vpc_endpoint_id");

  private static final List<String> INGRESS = types("aws_vpc_security_group_ingress_rule");
  private static final List<String> EGRESS = types("aws_vpc_security_group_egress_rule");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "network-flows-not-logged",
              "all traffic of a network is logged",
              types("aws_vpc"),
              Scope.ALWAYS,
              part(
                  "aws_flow_log",
                  "vpc_id",
                  in("traffic_type", "ALL")
                      .and(between("max_aggregation_interval", 60, 60))
                      .and(has("log_destination"))),
              pci("10.2.1").fsbp("EC2.6").cis("3.7"),
              "nobody could tell afterwards who spoke to whom",
              "add flow logs of all traffic"),
          new Rule(
              "default-security-group-open",
              "the default security group lets nothing through",
              types("aws_vpc"),
              Scope.ALWAYS,
              part("aws_default_security_group", "vpc_id", none("ingress", "egress")),
              pci("1.2.5(k)").fsbp("EC2.2").cis("5.5"),
              "what forgets to name a group gets this one",
              "adopt the default group without rules"),
          new Rule(
              "subnet-gives-public-addresses",
              "subnets give out no public addresses",
              types("aws_subnet"),
              Scope.ALWAYS,
              off("map_public_ip_on_launch"),
              pci("1.4.4(k)").fsbp("EC2.15"),
              "whatever starts there could be reached from the internet",
              "set map_public_ip_on_launch to false"),
          new Rule(
              "database-subnet-reaches-internet",
              "databases have no route to the internet",
              types("aws_db_subnet_group"),
              Scope.ALWAYS,
              isolated(),
              pci("1.4.4(k)", "1.3.1").fsbp("RDS.46"),
              "stolen data needs a way out",
              "give the subnets a route table without internet and NAT gateways"),
          new Rule(
              "internet-reaches-more-than-load-balancers",
              "the internet reaches load balancers only, on 80 and 443",
              INGRESS,
              Scope.ALWAYS,
              new Requirement(
                  "an address range smaller than /16 (IPv6: /32), or ports 80 and 443 into a load balancer's group",
                  (rule, stack) ->
                      faultIf(
                          fromAnywhere(rule) && !(isWeb(rule) && isOfBalancer(rule, stack)),
                          "ports %s to %s open to %s"
                              .formatted(
                                  rule.text("from_port"),
                                  rule.text("to_port"),
                                  rule.text("cidr_ipv4") + rule.text("cidr_ipv6")))),
              pci("1.3.1", "1.4.2(k)").fsbp("EC2.18", "EC2.19").cis("5.1.2", "5.3", "5.4"),
              "scanners find an open port within minutes",
              "let in a security group instead"),
          new Rule(
              "ingress-not-from-security-group",
              "what is not public is opened to security groups",
              INGRESS,
              Scope.ALWAYS,
              new Requirement(
                  "referenced_security_group_id or prefix_list_id, but for load balancers' groups, and"
                      + " for port 443 of endpoints' groups from their own network",
                  (rule, stack) ->
                      faultIf(
                          !isOfBalancer(rule, stack)
                              && !isEndpoint(rule, stack)
                              && !rule.has("referenced_security_group_id")
                              && !rule.has("prefix_list_id"),
                          "an address range")),
              pci("1.3.1", "1.4.2(k)"),
              "addresses change hands, groups do not",
              "name the group that may come in"),
          new Rule(
              "database-reached-on-other-port",
              "databases are reached on their own port only",
              INGRESS,
              Scope.ALWAYS,
              new Requirement(
                      "from_port and to_port of the cluster, from a security group",
                      (rule, stack) ->
                          clusters(rule, stack)
                              .filter(
                                  cluster ->
                                      !rule.has("referenced_security_group_id")
                                          || !rule.at("from_port").equals(cluster.at("port"))
                                          || !rule.at("to_port").equals(cluster.at("port")))
                              .map(
                                  cluster ->
                                      "ports %s to %s, the cluster's is %s"
                                          .formatted(
                                              rule.text("from_port"),
                                              rule.text("to_port"),
                                              cluster.text("port")))
                              .findFirst())
                  .only(
                      "of rules of databases' groups",
                      (rule, stack) -> clusters(rule, stack).findAny().isPresent()),
              pci("1.3.1", "1.4.2(k)"),
              "card data is read through this port and no other",
              "open the cluster's port to the group that needs it"),
          new Rule(
              "security-group-rule-not-described",
              "rules of security groups say what they are for",
              Stream.concat(INGRESS.stream(), EGRESS.stream()).toList(),
              Scope.ALWAYS,
              has("description").and(in("ip_protocol", "tcp", "udp")).and(has("from_port")),
              pci("1.2.5(k)"),
              "a rule that nobody can explain is never removed; -1 opens every protocol",
              "describe the rule, and name protocol and ports"),
          new Rule(
              "egress-open",
              "only TLS and DNS queries may go to any address",
              EGRESS,
              Scope.ALWAYS,
              new Requirement(
                  "an address range smaller than /16 (IPv6: /32), or port 443 or 53",
                  (rule, stack) ->
                      faultIf(
                          fromAnywhere(rule)
                              && !(rule.at("from_port").equals(rule.at("to_port"))
                                  && Set.of(443, 53).contains(rule.at("from_port").asInt())),
                          "ports %s to %s"
                              .formatted(rule.text("from_port"), rule.text("to_port")))),
              pci("1.3.2"),
              "stolen data needs a way out",
              "name the group or prefix list that it goes to"),
          new Rule(
              "security-group-inline-rules",
              "security groups have no rules of their own",
              types("aws_security_group"),
              Scope.ALWAYS,
              none("ingress", "egress"),
              pci("1.2.5(k)"),
              "rules inside a group and beside it undo each other at every apply",
              "write aws_vpc_security_group_ingress_rule and _egress_rule"),
          new Rule(
              "peering-joins-whole-networks",
              "peering connects tiers, not whole networks",
              types("aws_route"),
              Scope.ALWAYS,
              new Requirement(
                      "destination_cidr_block inside a VPC, smaller than it",
                      (route, stack) ->
                          faultIf(
                              !isPartOfNetwork(route, stack),
                              route.describe("destination_cidr_block")))
                  .only(
                      "of routes through a peering connection",
                      (route, stack) -> route.has("vpc_peering_connection_id")),
              pci("1.4.2").cis("5.6"),
              "an intruder in one network would reach all of the other",
              "route application and database prefixes only"),
          new Rule(
              "endpoint-open-to-other-accounts",
              "endpoints serve the own account",
              types("aws_vpc_endpoint"),
              Scope.ALWAYS,
              ownAccount(),
              pci("1.3.2"),
              "through an open endpoint, data leaves for anybody's bucket",
              "add the condition aws:PrincipalAccount"));

  private NetworkRules() {}

  /** What lies in one zone goes with it. */
  static Requirement inSeveralZones(String path) {
    return new Requirement(
        path + " in 2 zones or more",
        (resource, stack) -> {
          long zones =
              stack.named(resource.at(path)).stream()
                  .map(
                      subnet ->
                          subnet.text("availability_zone") + subnet.text("availability_zone_id"))
                  .distinct()
                  .count();
          return faultIf(zones < 2, zones + " zones");
        });
  }

  private static boolean fromAnywhere(Resource rule) {
    return AddressRange.isInternet(rule.text("cidr_ipv4"))
        || AddressRange.isInternet(rule.text("cidr_ipv6"));
  }

  private static boolean isWeb(Resource rule) {
    return rule.at("from_port").equals(rule.at("to_port"))
        && Set.of(80, 443).contains(rule.at("from_port").asInt());
  }

  private static boolean isOfBalancer(Resource rule, Resources stack) {
    return stack
        .named(rule, "security_group_id")
        .filter(group -> stack.naming("aws_lb", "security_groups", group).findAny().isPresent())
        .isPresent();
  }

  /**
   * With private DNS everything in a network finds the service at the endpoint and nowhere else:
   * whoever forgot to name its group there would lose the service.
   */
  private static boolean isEndpoint(Resource rule, Resources stack) {
    return rule.at("from_port").asInt() == 443
        && rule.at("to_port").asInt() == 443
        && stack
            .named(rule, "security_group_id")
            .filter(
                group ->
                    stack
                        .naming("aws_vpc_endpoint", "security_group_ids", group)
                        .findAny()
                        .isPresent())
            .flatMap(group -> stack.named(group, "vpc_id"))
            .filter(vpc -> contains(vpc.text("cidr_block"), rule.text("cidr_ipv4")))
            .isPresent();
  }

  private static Stream<Resource> clusters(Resource rule, Resources stack) {
    return stack.named(rule, "security_group_id").stream()
        .flatMap(group -> stack.naming("aws_rds_cluster", "vpc_security_group_ids", group));
  }

  private static Requirement isolated() {
    return new Requirement(
        "subnets with a route table whose routes are resources, and lead through peering only",
        (group, stack) ->
            stack.named(group.at("subnet_ids")).stream()
                .flatMap(
                    subnet ->
                        stack
                                .naming("aws_route_table_association", "subnet_id", subnet)
                                .findAny()
                                .isEmpty()
                            ? Stream.of(subnet.address() + " without a route table")
                            : gateways(subnet, stack))
                .findFirst());
  }

  private static Stream<String> gateways(Resource subnet, Resources stack) {
    List<Resource> tables =
        stack
            .naming("aws_route_table_association", "subnet_id", subnet)
            .flatMap(association -> stack.named(association, "route_table_id").stream())
            .toList();
    return Stream.concat(
        tables.stream()
            .filter(table -> table.has("route") || table.has("propagating_vgws"))
            .map(table -> table.address() + " with routes of its own"),
        tables.stream()
            .flatMap(table -> stack.naming("aws_route", "route_table_id", table))
            .filter(route -> !route.has("vpc_peering_connection_id") || leadsElsewhere(route))
            .map(Resource::address));
  }

  private static boolean leadsElsewhere(Resource route) {
    return AddressRange.isInternet(route.text("destination_cidr_block"))
        || WAYS_OUT.stream().anyMatch(route::has);
  }

  /** Every tier of a VPC is a quarter of it, so that a longer prefix is part of one. */
  private static boolean isPartOfNetwork(Resource route, Resources stack) {
    String destination = route.text("destination_cidr_block");
    return stack
        .ofType("aws_vpc")
        .map(vpc -> vpc.text("cidr_block"))
        .anyMatch(network -> !destination.equals(network) && contains(network, destination));
  }

  /** False also for what is no address range but a reference to one. */
  private static boolean contains(String network, String block) {
    return network.matches(RANGE)
        && block.matches(RANGE)
        && prefixLength(block) >= prefixLength(network)
        && bits(block).startsWith(bits(network).substring(0, prefixLength(network)));
  }

  private static int prefixLength(String block) {
    return Integer.parseInt(block.substring(block.indexOf('/') + 1));
  }

  private static String bits(String block) {
    StringBuilder bits = new StringBuilder();
    for (String part : block.replaceFirst("/.*", "").split("\\.")) {
      bits.append(
          "%8s".formatted(Integer.toBinaryString(Integer.parseInt(part))).replace(' ', '0'));
    }
    return bits.toString();
  }

  /** What names a resource of AWS's own, such as its package repository, is no way out. */
  private static Requirement ownAccount() {
    return new Requirement(
        "a policy whose statements for everybody have aws:PrincipalAccount, or name what is read",
        (endpoint, stack) ->
            faultIf(!endpoint.has("policy"), endpoint.describe("policy"))
                .or(
                    () ->
                        stack
                            .policy(endpoint, "policy")
                            .allowing()
                            .filter(statement -> !statement.isNarrowedBy("aws:PrincipalAccount"))
                            .filter(
                                statement ->
                                    !statement.meaning().resources().stream()
                                            .allMatch(Wildcards::ofAws)
                                        || !statement
                                            .meaning()
                                            .actions()
                                            .equals(Set.of("s3:GetObject")))
                            .map(statement -> "statement " + statement.id())
                            .findFirst()));
  }
}
