package payments.dr.operations.doctor.deployment;

import java.util.List;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/**
 * Whether Lambda reads the queue in which alarms wait for the failover controller. Where it does
 * not, alarms are lost after minutes and nobody is told: the schedule goes on, and on the day on
 * which it does not, nothing wakes the controller.
 *
 * @param function name of the controller's function
 * @param queueArn such as {@code arn:aws:sqs:us-east-2:123456789012:name.fifo}
 */
public record WakeUpSource(String where, String function, String queueArn) implements Check {

  private static final String ENABLED = "Enabled";

  @Override
  public String name() {
    return "alarm queue";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(Permission.of("lambda:ListEventSourceMappings"));
  }

  @Override
  public Result ask(Clients aws) {
    return aws
        .lambda(where)
        .listEventSourceMappings(request -> request.eventSourceArn(queueArn))
        .eventSourceMappings()
        .stream()
        .filter(mapping -> mapping.functionArn().endsWith(":function:" + function + ":live"))
        .findFirst()
        .map(this::judge)
        .orElseGet(
            () ->
                Result.fails(
                    "Lambda must read %s for %s, got no event source mapping"
                        .formatted(queue(), function),
                    "deploy again"));
  }

  private String queue() {
    return queueArn.substring(queueArn.lastIndexOf(':') + 1);
  }

  private Result judge(EventSourceMappingConfiguration mapping) {
    return mapping.state().equals(ENABLED)
        ? Result.ok("Lambda reads " + queue())
        : Result.fails(
            "event source mapping of %s must be Enabled, got %s (%s)"
                .formatted(queue(), mapping.state(), mapping.stateTransitionReason()),
            "aws lambda update-event-source-mapping --region %s --enabled --uuid %s"
                .formatted(where, mapping.uuid()));
  }
}
