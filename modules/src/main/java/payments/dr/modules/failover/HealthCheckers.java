package payments.dr.modules.failover;

import java.util.List;

/** Where Route 53 checks from. */
final class HealthCheckers {

  /**
   * All Regions with checkers, written out: an endpoint counts as healthy while more than 18 % of
   * the checkers reach it, so that no single place on earth decides.
   */
  static final List<String> REGIONS =
      List.of(
          "ap-northeast-1",
          "ap-southeast-1",
          "ap-southeast-2",
          "eu-west-1",
          "sa-east-1",
          "us-east-1",
          "us-west-1",
          "us-west-2");

  /**
   * Addresses of the checkers: service {@code ROUTE53_HEALTHCHECKS} of
   * https://ip-ranges.amazonaws.com/ip-ranges.json, without the checkers in China, which check from
   * none of the Regions above. IPv4 only: checks by host name never use IPv6. Written down rather
   * than looked up, so that a plan is a function of file and state; compare with {@code aws route53
   * get-checker-ip-ranges} at each release. As published in 2025.
   */
  static final List<String> IPV4_RANGES =
      List.of(
          "15.177.0.0/18",
          "54.183.255.128/26",
          "54.228.16.0/26",
          "54.232.40.64/26",
          "54.241.32.64/26",
          "54.243.31.192/26",
          "54.244.52.192/26",
          "54.245.168.0/26",
          "54.248.220.0/26",
          "54.250.253.192/26",
          "54.251.31.128/26",
          "54.252.79.128/26",
          "54.252.254.192/26",
          "54.255.254.192/26",
          "107.23.255.0/26",
          "176.34.159.192/26",
          "177.71.207.128/26");

  private HealthCheckers() {}
}
