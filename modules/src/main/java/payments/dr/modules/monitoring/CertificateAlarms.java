package payments.dr.modules.monitoring;

import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** The alarm on the certificate of one Region that AWS has not renewed in time. */
public final class CertificateAlarms extends Component {

  /** AWS renews 60 days ahead, and tries for as long as it takes. */
  private static final int DAYS = 30;

  private static final int DAY_SECONDS = 24 * 3600;

  public CertificateAlarms(Region region, String id, CertificateAlarmsProps props) {
    super(region, id);
    Alarm.named(props.names().regional(region.role(), "certificate-alarm"))
        .whenBelow(
            DAYS,
            new Metric(
                "AWS/CertificateManager",
                "DaysToExpiry",
                "Minimum",
                Map.of("CertificateArn", props.certificateArn())))
        .everySeconds(DAY_SECONDS)
        .in(1, 1)
        .saying(
            "The certificate of the load balancer in %s ends in less than %d days, and AWS has not"
                + " renewed it. Its validation record must be in the zone, and the zone delegated.",
            region.name(), DAYS)
        .first("doctor " + props.names().environment(), "docs/deploy/aws.md#first-deployment")
        .create(this, "expiry", region, props.topicArn());
  }
}
