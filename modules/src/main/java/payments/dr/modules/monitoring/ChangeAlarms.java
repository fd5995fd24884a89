package payments.dr.modules.monitoring;

import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * Alarms on changes of what moves traffic and data, and of who may, in one Region: each is kept
 * with who made it, and told within minutes.
 *
 * <p>They hear of changes only while a trail of the account records them; of the writes to latch
 * and ledger only if it records these, too, as that of {@code baseline} does.
 */
public final class ChangeAlarms extends Component {

  private final Region region;
  private final ChangeAlarmsProps props;
  private final LoggedEvents events;

  public ChangeAlarms(Region region, String id, ChangeAlarmsProps props) {
    super(region, id);
    this.region = region;
    this.props = props;
    events =
        new LoggedEvents(
            this, region, props.names().regional(region.role(), "changes"), props.keys());
    new Changes(region, props.watched(), props.settings().operatorRoles())
        .all()
        .forEach(this::tell);
  }

  private void tell(Change change) {
    Component scope = new Component(this, change.id());
    Alarm.named(props.names().regional(region.role(), "change-" + change.id() + "-alarm"))
        .whenAbove(
            0,
            events.of(
                scope,
                props.names().regional(region.role(), "change-" + change.id()),
                "Changes that people are told of: " + change.id(),
                change.pattern()))
        .in(1, 1)
        .saying(
            "%s In %s; log group %s names who and from where.",
            change.meaning(), region.name(), events.logName())
        .first(
            "status " + props.names().environment(),
            "docs/operate/alerts.md#a-change-that-nobody-announced")
        .create(scope, "alarm", region, props.topicArn());
  }
}
