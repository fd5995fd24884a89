package payments.dr.modules.failover;

import com.hashicorp.cdktf.providers.aws.route53_health_check.Route53HealthCheck;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53Record;
import com.hashicorp.cdktf.providers.aws.route53_record.Route53RecordFailoverRoutingPolicy;
import java.util.List;
import java.util.Map;
import payments.dr.configuration.region.RegionPair;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Sends customers to the Region that holds the writer.
 *
 * <p>The service's name is {@code pay.<domain>}: only a CNAME has a lifetime of its own (an alias
 * is remembered for 60 s), and a zone's apex cannot be one. Its records look at the latch alone. A
 * sick endpoint by itself moves nobody, because the other Region's database would still be
 * read-only; a recovered one brings nobody back. What the endpoint checks see is published as the
 * TXT record {@code ext.<domain>}, {@code up} or {@code down}, for whoever moves traffic.
 */
public final class TrafficRouting extends Component {

  /** Only who moves traffic asks, at the zone's own name servers; this bounds any cache between. */
  private static final int SIGNAL_TTL_SECONDS = 5;

  private final Region region;
  private final TrafficRoutingProps props;
  private final RegionPair<String> endpointHealthCheckIds;

  public TrafficRouting(Region region, String id, TrafficRoutingProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    endpointHealthCheckIds =
        new RegionPair<>(endpointCheck(RegionRole.PRIMARY), endpointCheck(RegionRole.DR));
    RegionPair<String> endpoints = props.loadBalancerDnsNames();
    int ttl = props.dns().recordTtlSeconds();
    answer(
            "service",
            props.zone().serviceDomainName(),
            "CNAME",
            ttl,
            RegionRole.PRIMARY,
            endpoints.primary())
        .healthCheckId(props.latch().healthCheckId())
        .build();
    // Without a check it is always healthy: once latched, it is the only answer.
    answer("service", props.zone().serviceDomainName(), "CNAME", ttl, RegionRole.DR, endpoints.dr())
        .build();
    answer(
            "signal",
            props.zone().signalDomainName(),
            "TXT",
            SIGNAL_TTL_SECONDS,
            RegionRole.PRIMARY,
            "up")
        .healthCheckId(endpointHealthCheckIds.primary())
        .build();
    answer(
            "signal",
            props.zone().signalDomainName(),
            "TXT",
            SIGNAL_TTL_SECONDS,
            RegionRole.DR,
            "down")
        .build();
  }

  public RegionPair<String> endpointHealthCheckIds() {
    return endpointHealthCheckIds;
  }

  private String endpointCheck(RegionRole role) {
    Route53HealthCheck.Builder check =
        Route53HealthCheck.Builder.create(this, role.id() + "-endpoint")
            .provider(region.provider())
            .fqdn(props.loadBalancerDnsNames().get(role))
            .resourcePath(props.failover().probePath())
            .requestInterval(props.failover().healthCheckIntervalSeconds())
            .failureThreshold(props.failover().healthCheckFailureThreshold())
            .measureLatency(true)
            .regions(HealthCheckers.REGIONS)
            .tags(Map.of("Name", props.names().regional(role, "hc")));
    if (props.tls()) {
      check.type("HTTPS").port(443).enableSni(true);
    } else {
      check.type("HTTP").port(80);
    }
    check.build();
    return Reference.to(this, Route53HealthCheck.TF_RESOURCE_TYPE, role.id() + "-endpoint").id();
  }

  private Route53Record.Builder answer(
      String id, String name, String type, int ttlSeconds, RegionRole role, String value) {
    return Route53Record.Builder.create(this, id + "-" + role.id())
        .provider(region.provider())
        .zoneId(props.zone().zoneId())
        .name(name)
        .type(type)
        .ttl(ttlSeconds)
        .records(List.of(value))
        .setIdentifier(role.id())
        .failoverRoutingPolicy(
            Route53RecordFailoverRoutingPolicy.builder().type(failoverType(role)).build());
  }

  /** Route 53's word for each Region. */
  private static String failoverType(RegionRole role) {
    return switch (role) {
      case PRIMARY -> "PRIMARY";
      case DR -> "SECONDARY";
    };
  }
}
