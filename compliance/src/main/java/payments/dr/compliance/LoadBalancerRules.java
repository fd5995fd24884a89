package payments.dr.compliance;

import static payments.dr.compliance.NetworkRules.inSeveralZones;
import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;

/** Load balancers and their certificates. */
final class LoadBalancerRules {

  private static final List<String> BALANCER = types("aws_lb");
  private static final List<String> LISTENER = types("aws_lb_listener");
  private static final List<String> KEY_ALGORITHMS =
      List.of("RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "listener-without-tls",
              "listeners speak TLS; port 80 redirects",
              LISTENER,
              Scope.REAL_AWS,
              new Requirement(
                  "protocol \"HTTPS\", or port 80 with a redirect (301) to HTTPS",
                  (listener, stack) ->
                      faultIf(
                          !isTls(listener) && !redirects(listener),
                          listener.describe("protocol")
                              + ", "
                              + listener.describe("default_action.type"))),
              pci("4.2.1", "2.2.7").fsbp("ELB.1", "ELB.18"),
              "card data would cross the internet in plain text",
              "give the listener a certificate, or let it redirect"),
          new Rule(
              "listener-accepts-old-tls",
              "TLS 1.2 and 1.3",
              LISTENER,
              Scope.ALWAYS,
              in(
                      "ssl_policy",
                      "ELBSecurityPolicy-TLS13-1-2-2021-06",
                      "ELBSecurityPolicy-TLS13-1-2-Res-2021-06")
                  .only("of TLS listeners", (listener, stack) -> isTls(listener)),
              pci("4.2.1.1").fsbp("ELB.17"),
              "older versions are broken; TLS 1.3 alone would shut out Route 53's checkers",
              "choose one of these policies"),
          new Rule(
              "load-balancer-requests-not-logged",
              "requests are logged",
              BALANCER,
              Scope.ALWAYS,
              on("access_logs.enabled").and(has("access_logs.bucket")),
              pci("10.2.1").fsbp("ELB.5"),
              "nobody could tell who asked for what",
              "send access logs to the Region's log bucket"),
          new Rule(
              "load-balancer-connections-not-logged",
              "connections are logged",
              BALANCER,
              Scope.ALWAYS,
              on("connection_logs.enabled").and(has("connection_logs.bucket")),
              pci("10.2.1"),
              "handshakes that fail leave no request behind",
              "send connection logs to the Region's log bucket"),
          new Rule(
              "load-balancer-in-one-zone",
              "load balancers outlive a zone",
              BALANCER,
              Scope.ALWAYS,
              inSeveralZones("subnets"),
              NONE.fsbp("ELB.13"),
              "customers would be turned away while half of the fleet still works",
              "give it subnets of several zones"),
          new Rule(
              "load-balancer-deletable",
              "load balancers are not deleted by mistake",
              BALANCER,
              Scope.KEPT_DATA,
              on("enable_deletion_protection"),
              pci("12.10.1(k)").fsbp("ELB.6"),
              "its name is in DNS, and a new one has another",
              "protect it"),
          new Rule(
              "invalid-headers-kept",
              "forged headers are dropped",
              BALANCER,
              Scope.ALWAYS,
              on("drop_invalid_header_fields"),
              pci("6.2.4(k)").fsbp("ELB.4"),
              "two servers that read a header in two ways can be played against each other",
              "drop invalid header fields"),
          new Rule(
              "desync-not-mitigated",
              "desynchronised requests are refused",
              BALANCER,
              Scope.ALWAYS,
              in("desync_mitigation_mode", "defensive", "strictest"),
              pci("6.2.4(k)").fsbp("ELB.12"),
              "a smuggled request rides on somebody else's connection",
              "set the mode to defensive"),
          new Rule(
              "certificate-of-other-region",
              "certificates are of the own Region",
              LISTENER,
              Scope.ALWAYS,
              certificateOfRegion().only("of TLS listeners", (listener, stack) -> isTls(listener)),
              pci("3.6.1", "4.2.1"),
              "a Region that needs the other's certificate does not take over",
              "request a certificate in each Region"),
          new Rule(
              "certificate-key-short",
              "keys of certificates are long enough",
              types("aws_acm_certificate"),
              Scope.ALWAYS,
              new Requirement(
                  "key_algorithm "
                      + String.join(" or ", KEY_ALGORITHMS)
                      + ", or absent, which is RSA_2048",
                  (certificate, stack) ->
                      faultIf(
                          certificate.has("key_algorithm")
                              && !KEY_ALGORITHMS.contains(certificate.text("key_algorithm")),
                          certificate.describe("key_algorithm"))),
              pci("4.2.1(k)").fsbp("ACM.2"),
              "a short key can be found by trying",
              "leave key_algorithm out"),
          new Rule(
              "certificate-expiry-not-alarmed",
              "certificates that are not renewed are alarmed",
              types("aws_acm_certificate_validation"),
              Scope.ALWAYS,
              part(
                  "aws_cloudwatch_metric_alarm",
                  "dimensions.CertificateArn",
                  in("metric_name", "DaysToExpiry").and(has("alarm_actions"))),
              pci("4.2.1").fsbp("ACM.1"),
              "an expired certificate stops all payments at once",
              "add an alarm on DaysToExpiry"));

  private LoadBalancerRules() {}

  private static boolean isTls(Resource listener) {
    return listener.text("protocol").equals("HTTPS");
  }

  private static boolean redirects(Resource listener) {
    return listener.text("default_action.type").equals("redirect")
        && listener.text("default_action.redirect.protocol").equals("HTTPS")
        && listener.text("default_action.redirect.status_code").equals("HTTP_301");
  }

  private static Requirement certificateOfRegion() {
    return new Requirement(
        "certificate_arn of a certificate in the listener's Region",
        (listener, stack) ->
            faultIf(
                stack
                    .named(listener, "certificate_arn")
                    .filter(it -> it.text("provider").equals(listener.text("provider")))
                    .isEmpty(),
                listener.describe("certificate_arn")));
  }
}
