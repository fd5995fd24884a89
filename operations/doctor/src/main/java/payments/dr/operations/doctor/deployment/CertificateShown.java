package payments.dr.operations.doctor.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import payments.dr.operations.aws.JsonRequest;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerNotFoundException;

/**
 * Whether the certificate that a Region's load balancer shows is issued, and is renewed in time.
 *
 * @param balancer its name
 * @param account id of the account
 */
public record CertificateShown(String where, String balancer, String account, InstantSource clock)
    implements Check {

  /** ACM renews 45 days before the end or earlier, so that a fault has been there for two weeks. */
  private static final Duration RENEWED_BEFORE = Duration.ofDays(30);

  private static final String ISSUED = "ISSUED";

  @Override
  public String name() {
    return "certificate";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("elasticloadbalancing:DescribeLoadBalancers"),
        Permission.of("elasticloadbalancing:DescribeListeners"),
        new Permission(
            "acm:DescribeCertificate",
            "arn:aws:acm:%s:%s:certificate/*".formatted(where, account)));
  }

  @Override
  public Result ask(Clients aws) {
    Optional<String> shown;
    try {
      shown = shown(aws.loadBalancing(where));
    } catch (LoadBalancerNotFoundException e) {
      return Result.fails("load balancer " + balancer + " must be there, got none", "deploy again");
    }
    return shown
        .map(arn -> judge(certificate(aws, arn)))
        .orElseGet(
            () -> Result.fails(balancer + " must show a certificate, got none", "deploy again"));
  }

  private Optional<String> shown(ElasticLoadBalancingV2Client client) {
    List<LoadBalancer> balancers =
        client.describeLoadBalancers(request -> request.names(balancer)).loadBalancers();
    String arn = balancers.get(0).loadBalancerArn();
    return client.describeListeners(request -> request.loadBalancerArn(arn)).listeners().stream()
        .map(Listener::certificates)
        .flatMap(List::stream)
        .map(Certificate::certificateArn)
        .findFirst();
  }

  private JsonNode certificate(Clients aws, String arn) {
    return aws.ask(
            where,
            JsonRequest.post(
                "acm",
                "CertificateManager",
                "DescribeCertificate",
                "{\"CertificateArn\": \"%s\"}".formatted(arn)))
        .path("Certificate");
  }

  private Result judge(JsonNode certificate) {
    String name = certificate.path("DomainName").asText();
    String status = certificate.path("Status").asText();
    if (!status.equals(ISSUED)) {
      return Result.fails(
          "certificate of %s must be ISSUED, got %s".formatted(name, status),
          "see its DNS record and its reason in ACM in " + where);
    }
    Instant end = Instant.ofEpochSecond(certificate.path("NotAfter").asLong());
    String found = "of %s until %s".formatted(name, end);
    return end.isAfter(clock.instant().plus(RENEWED_BEFORE))
        ? Result.ok(found)
        : Result.fails(
            found + ", not renewed",
            "ACM renews where the certificate's DNS record can be looked up: see it in ACM in "
                + where);
  }
}
