package payments.dr.operations.doctor.account;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/**
 * Whether the hosted zone is there, and whether the parent domain points at its name servers:
 * certificates are issued only then, and a deployment waits for them.
 *
 * @param delegation who answers for the domain; empty: nobody delegates to a local AWS
 */
public record HostedZone(DnsSettings dns, Optional<NameServers> delegation) implements Check {

  @Override
  public String name() {
    return "hosted zone";
  }

  @Override
  public String where() {
    return "global";
  }

  @Override
  public List<Permission> permissions() {
    Permission get =
        new Permission(
            "route53:GetHostedZone",
            "arn:aws:route53:::hostedzone/"
                + (dns.hostedZoneId() == null ? "*" : dns.hostedZoneId()));
    return dns.hostedZoneId() == null
        ? List.of(get, Permission.of("route53:ListHostedZonesByName"))
        : List.of(get);
  }

  @Override
  public Result ask(Clients aws) {
    Route53Client route53 = aws.route53();
    try {
      return id(route53)
          .map(id -> route53.getHostedZone(request -> request.id(id)))
          .map(this::judge)
          .orElseGet(
              () ->
                  Result.attention(
                      "none of " + dns.domainName() + " yet; the deployment makes it",
                      "have the parent domain point at its name servers while that runs: see docs/deploy/aws.md"));
    } catch (NoSuchHostedZoneException e) {
      return Result.fails(
          "dns.hostedZoneId must be a zone of this account, got " + dns.hostedZoneId(),
          "correct dns.hostedZoneId, or leave it out");
    }
  }

  private Optional<String> id(Route53Client route53) {
    return dns.hostedZoneId() != null
        ? Optional.of(dns.hostedZoneId())
        : route53
            .listHostedZonesByName(request -> request.dnsName(dns.domainName()))
            .hostedZones()
            .stream()
            .filter(zone -> host(zone.name()).equals(dns.domainName()))
            .filter(zone -> !Boolean.TRUE.equals(zone.config().privateZone()))
            .findFirst()
            .map(zone -> zone.id().replace("/hostedzone/", ""));
  }

  private Result judge(GetHostedZoneResponse zone) {
    String name = host(zone.hostedZone().name());
    Set<String> own = hosts(zone.delegationSet().nameServers());
    if (!name.equals(dns.domainName()) && !dns.domainName().endsWith("." + name)) {
      return Result.fails(
          "hosted zone must be of %s or of a domain above it, got %s"
              .formatted(dns.domainName(), name),
          "correct dns.hostedZoneId");
    }
    if (dns.hostedZoneId() != null && !own.equals(hosts(dns.nameServers()))) {
      return Result.fails(
          "dns.nameServers must be %s, got %s".formatted(own, hosts(dns.nameServers())),
          "correct dns.nameServers: the failover controller asks them");
    }
    return delegation
        .map(servers -> judge(name, own, servers))
        .orElseGet(() -> Result.ok(name + "; nobody delegates to a local AWS"));
  }

  private static Result judge(String name, Set<String> own, NameServers servers) {
    Set<String> delegated;
    try {
      delegated = servers.of(name);
    } catch (NameServersUnknownException e) {
      return Result.notAnswerable(e.getMessage(), "ask on a machine that resolves public names");
    }
    return delegated.equals(own)
        ? Result.ok(name + " delegated to " + String.join(", ", own))
        : Result.attention(
            "%s must be delegated to %s, got %s"
                .formatted(name, own, delegated.isEmpty() ? "no delegation" : delegated),
            "have the parent domain name exactly those servers: certificates wait for that");
  }

  private static Set<String> hosts(Collection<String> names) {
    Set<String> hosts = new TreeSet<>();
    names.forEach(name -> hosts.add(host(name)));
    return hosts;
  }

  private static String host(String name) {
    return name.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
  }
}
