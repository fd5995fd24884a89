package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import payments.dr.configuration.region.RegionPair;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * The failover controller of one Region.
 *
 * <p>The one in the DR Region is armed. Its twin in the primary Region keeps the heartbeat while
 * that Region writes, and moves the writer on human orders only, for the day on which the DR Region
 * is lost.
 */
public final class FailoverController extends Component {

  private final FailureQueue queue;
  private final FailoverBus bus;
  private final FailoverFunction function;
  private final ServiceRole role;
  private final String roleName;
  private final String securityGroupId;

  private FailoverController(Region region, String id, FailoverControllerProps props) {
    super(region, id);
    roleName = roleName(region, props);
    queue = new FailureQueue(this, "failures", region, props);
    bus = new FailoverBus(this, "notices", region, props);
    CloudwatchLogGroup logs = FailoverFunction.logs(this, "log-group", region, props);
    Statement[] statements =
        new FunctionPermissions(region, props)
            .statements(
                Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group").arn(),
                queue.arn())
            .toArray(Statement[]::new);
    role =
        new ServiceRole(
            this,
            "role",
            region,
            ServiceRoleProps.of(roleName, "lambda.amazonaws.com", statements));
    FunctionSecurityGroup securityGroup =
        new FunctionSecurityGroup(this, "security-group", region, props);
    securityGroupId = securityGroup.id();
    function =
        new FailoverFunction(
            this,
            "lambda",
            region,
            props,
            new FailoverFunction.Parts(
                role,
                logs,
                queue,
                securityGroup,
                FunctionEnvironment.of(region.role(), bus.name(), props)));
    new WakeUpSchedule(this, "every-minute", region, props, function, queue);
  }

  /** Makes the controllers of both Regions; alarms of either wake the one in the DR Region. */
  public static RegionPair<FailoverController> pair(String id, FailoverControllerProps props) {
    RegionPair<FailoverController> controllers =
        props.regions().map(region -> new FailoverController(region, id, props));
    controllers.dr().wakenByAlarms(props.regions().dr(), props);
    new AlarmForwarding(controllers.primary(), "forwarding", props);
    return controllers;
  }

  private void wakenByAlarms(Region region, FailoverControllerProps props) {
    String own = props.names().global("failover-rule");
    String peer = props.names().global("failover-peer-rule");
    WakeUpQueue wakeUps =
        new WakeUpQueue(
            this,
            "wake-ups",
            region,
            props,
            function,
            role,
            FailoverControllerProps.arn("events", region, "rule/" + own),
            FailoverControllerProps.arn("events", region, "rule/" + props.busName() + "/" + peer));
    String pattern = AlarmWakeUp.pattern(props.names());
    new AlarmWakeUp(
        this,
        "alarm",
        region,
        new AlarmWakeUp.Source(
            own, "Wakes the failover controller by alarms of its own Region", "default", pattern),
        wakeUps);
    new AlarmWakeUp(
        this,
        "peer-alarm",
        region,
        new AlarmWakeUp.Source(
            peer,
            "Wakes the failover controller by alarms of the other Region",
            bus.name(),
            pattern),
        wakeUps);
  }

  public String functionName() {
    return function.name();
  }

  public String securityGroupId() {
    return securityGroupId;
  }

  public String functionArn() {
    return function.arn();
  }

  /** Of the queue that keeps failed starts. */
  public String failureQueueName() {
    return queue.name();
  }

  /** The text, not a reference. */
  public String roleLiteralName() {
    return roleName;
  }

  static String roleName(Region region, FailoverControllerProps props) {
    return props.names().regional(region.role(), "failover");
  }
}
