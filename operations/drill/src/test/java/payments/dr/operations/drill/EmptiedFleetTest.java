package payments.dr.operations.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import payments.dr.configuration.environment.Environment;
import payments.dr.configuration.region.RegionRole;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.console.Project;
import payments.dr.testing.ProjectCopy;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingGroup;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsResponse;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupResponse;

/** The primary fleet is emptied, and gets back what its environment's file says. */
class EmptiedFleetTest {

  private static final Environment ENVIRONMENT =
      new Project(ProjectCopy.PROJECT).environment("dev");
  private static final InjectedFault FLEET = new InjectedFault(RegionRole.PRIMARY, "fleet");

  private final Group group = new Group();
  private final Faults faults =
      new EmptiedFleet(
          ENVIRONMENT,
          region -> {
            assertEquals("us-east-1", region);
            return group;
          });

  @Test
  void minimum_and_desired_capacity_go_and_come_back_together() {
    faults.inject(FLEET);
    faults.repair(FLEET);
    faults.repair(FLEET);

    assertEquals(List.of("primary-asg-dev 0 0", "primary-asg-dev 2 2"), group.updates);
  }

  @Test
  void a_fleet_that_is_not_empty_is_left_alone() {
    faults.repair(FLEET);

    assertEquals(List.of(), group.updates);
  }

  @Test
  void another_fault_is_no_fault_of_aws() {
    InjectedFault lost = new InjectedFault(RegionRole.PRIMARY, "region-lost");

    assertThrows(CommandFailedException.class, () -> faults.inject(lost));
    faults.repair(lost);

    assertEquals(List.of(), group.updates);
  }

  private static final class Group implements AutoScalingClient {

    private final List<String> updates = new ArrayList<>();
    private int fewest = 2;

    @Override
    public DescribeAutoScalingGroupsResponse describeAutoScalingGroups(
        DescribeAutoScalingGroupsRequest request) {
      return DescribeAutoScalingGroupsResponse.builder()
          .autoScalingGroups(AutoScalingGroup.builder().minSize(fewest).build())
          .build();
    }

    @Override
    public UpdateAutoScalingGroupResponse updateAutoScalingGroup(
        UpdateAutoScalingGroupRequest request) {
      fewest = request.minSize();
      updates.add(
          "%s %d %d"
              .formatted(
                  request.autoScalingGroupName(), request.minSize(), request.desiredCapacity()));
      return UpdateAutoScalingGroupResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
