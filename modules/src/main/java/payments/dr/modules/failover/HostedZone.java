package payments.dr.modules.failover;

import com.hashicorp.cdktf.TerraformResourceLifecycle;
import com.hashicorp.cdktf.providers.aws.route53_zone.Route53Zone;
import java.util.List;
import java.util.Optional;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/** The public zone of the environment's domain: created here, or one that exists already. */
public final class HostedZone extends Component {

  private final String domainName;
  private final String zoneId;
  private final List<String> nameServers;
  private final boolean created;

  public HostedZone(Region region, String id, HostedZoneProps props) {
    super(region, id);
    domainName = props.settings().domainName();
    if (props.settings().hostedZoneId() != null) {
      zoneId = props.settings().hostedZoneId();
      nameServers = props.settings().nameServers();
      created = false;
      return;
    }
    Route53Zone zone =
        Route53Zone.Builder.create(this, "zone")
            .provider(region.provider())
            .name(domainName)
            .comment("Managed by Terraform")
            // Records that appeared next to ours, such as those of a certificate, go with it.
            .forceDestroy(!props.protectData())
            .lifecycle(
                TerraformResourceLifecycle.builder().preventDestroy(props.protectData()).build())
            .build();
    zoneId = Reference.to(this, Route53Zone.TF_RESOURCE_TYPE, "zone").attribute("zone_id");
    nameServers = zone.getNameServers();
    created = true;
  }

  public String domainName() {
    return domainName;
  }

  /** The name that customers use. Not the zone's apex, which can be no CNAME. */
  public String serviceDomainName() {
    return "pay." + domainName;
  }

  /** The TXT record with the primary endpoint's state as the health checkers see it. */
  public String signalDomainName() {
    return "ext." + domainName;
  }

  public String zoneId() {
    return zoneId;
  }

  /** Who answers for the zone without any cache between. */
  public List<String> nameServers() {
    return nameServers;
  }

  /** What the parent domain must delegate to; empty for a zone that existed before. */
  public Optional<List<String>> delegation() {
    return created ? Optional.of(nameServers) : Optional.empty();
  }
}
