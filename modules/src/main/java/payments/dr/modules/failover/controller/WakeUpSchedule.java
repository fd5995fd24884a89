package payments.dr.modules.failover.controller;

import com.hashicorp.cdktf.providers.aws.scheduler_schedule.SchedulerSchedule;
import com.hashicorp.cdktf.providers.aws.scheduler_schedule.SchedulerScheduleFlexibleTimeWindow;
import com.hashicorp.cdktf.providers.aws.scheduler_schedule.SchedulerScheduleTarget;
import com.hashicorp.cdktf.providers.aws.scheduler_schedule.SchedulerScheduleTargetDeadLetterConfig;
import com.hashicorp.cdktf.providers.aws.scheduler_schedule.SchedulerScheduleTargetRetryPolicy;
import com.hashicorp.cdktf.providers.aws.scheduler_schedule_group.SchedulerScheduleGroup;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * Starts the function of its Region every minute. What Lambda does not take within the minute is
 * kept in the failure queue. The group of its own is what the role can be bound to: the scheduler
 * tells whom it works for by group, not by schedule.
 */
final class WakeUpSchedule extends Component {

  /** After that the next minute's start is due. */
  private static final int MAXIMUM_AGE_SECONDS = 60;

  /** More than fit into that age, as the scheduler waits longer after each. */
  private static final int RETRIES = 10;

  WakeUpSchedule(
      FailoverController controller,
      String id,
      Region region,
      FailoverControllerProps props,
      FailoverFunction function,
      FailureQueue failures) {
    super(controller, id);
    String name = props.names().global("failover-schedule");
    SchedulerScheduleGroup.Builder.create(this, "group")
        .provider(region.provider())
        .name(name)
        .build();
    Reference group = Reference.to(this, SchedulerScheduleGroup.TF_RESOURCE_TYPE, "group");
    ServiceRole role =
        new ServiceRole(
            this,
            "role",
            region,
            ServiceRoleProps.of(
                    props.names().regional(region.role(), "failover-schedule"),
                    "scheduler.amazonaws.com",
                    Statement.allow("WakeController")
                        .actions("lambda:InvokeFunction")
                        .on(function.aliasArn()),
                    Statement.allow("KeepUndelivered")
                        .actions("sqs:SendMessage")
                        .on(failures.arn()))
                .onlyFor(
                    FailoverControllerProps.arn("scheduler", region, "schedule-group/" + name)));
    SchedulerSchedule.Builder.create(this, "schedule")
        .provider(region.provider())
        .name(name)
        .groupName(group.name())
        .description("Wakes the failover controller")
        .scheduleExpression("rate(1 minute)")
        .flexibleTimeWindow(SchedulerScheduleFlexibleTimeWindow.builder().mode("OFF").build())
        .target(
            SchedulerScheduleTarget.builder()
                .arn(function.aliasArn())
                .roleArn(role.arn())
                .retryPolicy(
                    SchedulerScheduleTargetRetryPolicy.builder()
                        .maximumEventAgeInSeconds(MAXIMUM_AGE_SECONDS)
                        .maximumRetryAttempts(RETRIES)
                        .build())
                .deadLetterConfig(
                    SchedulerScheduleTargetDeadLetterConfig.builder().arn(failures.arn()).build())
                .build())
        .dependsOn(role.permissions())
        .build();
  }
}
