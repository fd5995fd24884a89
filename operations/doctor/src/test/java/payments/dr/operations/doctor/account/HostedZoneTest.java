package payments.dr.operations.doctor.account;

import static payments.dr.operations.doctor.check.Results.assertNotOk;
import static payments.dr.operations.doctor.check.Results.assertOk;
import static payments.dr.operations.doctor.check.Verdict.ATTENTION;
import static payments.dr.operations.doctor.check.Verdict.FAILS;
import static payments.dr.operations.doctor.check.Verdict.NOT_ANSWERABLE;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.failover.DnsSettings;
import payments.dr.configuration.settings.SettingsFactory;
import payments.dr.operations.doctor.check.FakeAws;
import software.amazon.awssdk.services.route53.model.GetHostedZoneRequest;
import software.amazon.awssdk.services.route53.model.GetHostedZoneResponse;
import software.amazon.awssdk.services.route53.model.HostedZoneConfig;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.NoSuchHostedZoneException;

/** The zone that names are in, and who delegates to it. */
class HostedZoneTest {

  private final FakeAws aws = new FakeAws();

  @Test
  void zone_that_is_not_delegated_is_found() {
    DnsSettings dns = dns();
    aws.on(
            ListHostedZonesByNameRequest.class,
            ListHostedZonesByNameResponse.builder()
                .hostedZones(named("payments.example.com."))
                .build())
        .on(GetHostedZoneRequest.class, served("payments.example.com.", "ns-1.awsdns.org"));

    assertOk(aws.ask(zone(dns, Set.of("ns-1.awsdns.org"))), "delegated to ns-1.awsdns.org");
    assertNotOk(
        ATTENTION, aws.ask(zone(dns, Set.of())), "got no delegation", "certificates wait for that");
    assertNotOk(
        ATTENTION,
        aws.ask(zone(dns, Set.of("ns.other.org"))),
        "got [ns.other.org]",
        "parent domain");
    assertOk(aws.ask(new HostedZone(dns, Optional.empty())), "nobody delegates to a local AWS");
    assertNotOk(
        NOT_ANSWERABLE,
        aws.ask(
            new HostedZone(
                dns,
                Optional.of(
                    domain -> {
                      throw new NameServersUnknownException("no resolver", null);
                    }))),
        "no resolver",
        "machine");
  }

  @Test
  void zone_that_is_still_to_be_made_wants_attention() {
    aws.on(
        ListHostedZonesByNameRequest.class,
        ListHostedZonesByNameResponse.builder().hostedZones(named("pay.example.com.")).build());

    assertNotOk(
        ATTENTION,
        aws.ask(zone(dns(), Set.of())),
        "none of payments.example.com yet",
        "docs/deploy/aws.md");
  }

  @Test
  void existing_zone_is_held_against_the_settings() {
    DnsSettings dns = dns("hostedZoneId", "Z0123", "nameServers", List.of("ns-1.awsdns.org"));
    Set<String> delegated = Set.of("ns-1.awsdns.org");

    aws.on(GetHostedZoneRequest.class, served("example.com.", "ns-1.awsdns.org"));
    assertOk(aws.ask(zone(dns, delegated)), "example.com");
    aws.on(GetHostedZoneRequest.class, served("example.org.", "ns-1.awsdns.org"));
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "got example.org", "hostedZoneId");
    aws.on(GetHostedZoneRequest.class, served("example.com.", "ns-2.awsdns.org"));
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "must be [ns-2", "failover controller");
    aws.on(GetHostedZoneRequest.class, NoSuchHostedZoneException.builder().build());
    assertNotOk(FAILS, aws.ask(zone(dns, delegated)), "got Z0123", "hostedZoneId");
  }

  private static DnsSettings dns(Object... more) {
    Object[] all =
        Stream.concat(Stream.of("domainName", "payments.example.com"), Stream.of(more)).toArray();
    return SettingsFactory.of(DnsSettings.class, all);
  }

  private static HostedZone zone(DnsSettings dns, Set<String> delegated) {
    return new HostedZone(dns, Optional.of(domain -> delegated));
  }

  private static software.amazon.awssdk.services.route53.model.HostedZone named(String name) {
    return software.amazon.awssdk.services.route53.model.HostedZone.builder()
        .id("/hostedzone/Z1")
        .name(name)
        .config(HostedZoneConfig.builder().privateZone(false).build())
        .build();
  }

  private static GetHostedZoneResponse served(String name, String... servers) {
    return GetHostedZoneResponse.builder()
        .hostedZone(zone -> zone.id("/hostedzone/Z1").name(name))
        .delegationSet(set -> set.nameServers(servers))
        .build();
  }
}
