package payments.dr.operations.drill;

import java.util.function.Function;
import payments.dr.configuration.compute.ComputeSettings;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.CommandFailedException;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;

/**
 * The one fault that needs no service but the fleet's own: a Region without instances. Terraform
 * repairs it, too.
 *
 * @param clients by the name of a Region
 */
record EmptiedFleet(Environment environment, Function<String, AutoScalingClient> clients)
    implements Faults {

  /** As the local AWS calls it. */
  private static final String KIND = "fleet";

  @Override
  public void inject(InjectedFault fault) {
    if (!fault.kind().equals(KIND)) {
      throw new CommandFailedException(
          "fault must be %s on AWS, got \"%s\": others are injected into a local AWS"
              .formatted(KIND, fault.kind()));
    }
    resize(fault.region(), 0, 0);
  }

  /** A fleet that somebody made larger stays so. */
  @Override
  public void repair(InjectedFault fault) {
    if (fault.kind().equals(KIND) && group(fault.region()).minSize() == 0) {
      ComputeSettings compute = environment.config().compute();
      int fewest =
          fault.region() == RegionRole.PRIMARY
              ? compute.minInstances()
              : compute.dr().minInstances();
      resize(fault.region(), fewest, Math.max(fewest, compute.desiredInstances()));
    }
  }

  private AutoScalingGroup group(RegionRole region) {
    return client(region)
        .describeAutoScalingGroups(request -> request.autoScalingGroupNames(name(region)))
        .autoScalingGroups()
        .stream()
        .findFirst()
        .orElseThrow(
            () -> new CommandFailedException("Auto Scaling group must exist: " + name(region)));
  }

  /** Below the group's minimum AWS refuses a desired capacity, so both change at once. */
  private void resize(RegionRole region, int fewest, int desired) {
    client(region)
        .updateAutoScalingGroup(
            request ->
                request
                    .autoScalingGroupName(name(region))
                    .minSize(fewest)
                    .desiredCapacity(desired));
  }

  private AutoScalingClient client(RegionRole region) {
    return clients.apply(environment.config().regions().get(region).name());
  }

  private String name(RegionRole region) {
    return environment.names().regional(region, "asg");
  }
}
