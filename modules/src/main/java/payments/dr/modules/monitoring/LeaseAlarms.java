package payments.dr.modules.monitoring;

import java.util.Map;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** Alarms on the lease of one Region, which the fleet renews while that Region writes. */
public final class LeaseAlarms extends Component {
  private static final String PAGE = "docs/operate/lease.md#when-it-is-not-renewed";

  /** What does not write renews nothing; that it writes, the controller's heartbeats say. */
  private static final String RENEWALS = "IF(FILL(beats, 0) > 0, FILL(renewals, 0), 1)";

  /** All of them: two decide, and the next that is lost stops the Region. */
  private static final int REGISTERS = 3;

  public LeaseAlarms(Region region, String id, LeaseAlarmsProps props) {
    super(region, id);
    MonitoredController controller = props.controller();
    Alarm.named(props.names().regional(region.role(), "lease-alarm"))
        .whenBelow(
            1,
            new Expression(
                "renewals while this Region writes",
                RENEWALS,
                Map.of("beats", controller.heartbeats(), "renewals", controller.leaseRenewals())))
        .in(2, 3)
        .saying(
            "The fleet in %s does not renew the lease of the database that the Region writes: its"
                + " tables refuse all writes 30 s after the last renewal.",
            region.name())
        .first("doctor " + props.names().environment(), PAGE)
        .create(this, "unrenewed", region, props.topicArn());
    Alarm.named(props.names().regional(region.role(), "lease-register-alarm"))
        .whenBelow(REGISTERS, controller.leaseRegisters())
        .in(5, 5)
        .saying(
            "One of the three registers of the lease takes no renewals of the fleet in %s. The"
                + " other two are enough, and without one of them the Region could write no more.",
            region.name())
        .first("doctor " + props.names().environment(), PAGE)
        .create(this, "register", region, props.topicArn());
  }
}
