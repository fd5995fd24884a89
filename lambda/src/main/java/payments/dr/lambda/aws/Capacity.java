package payments.dr.lambda.aws;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;

/**
 * The DR Region's machines.
 *
 * @param full desired capacity with which the Region serves alone
 */
public record Capacity(AutoScalingClient client, String group, int full) {

  /**
   * Never lowers it.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException when AWS refuses or does not answer
   * @throws IllegalStateException when there is no such group
   */
  void raise() {
    int desired =
        client
            .describeAutoScalingGroups(request -> request.autoScalingGroupNames(group))
            .autoScalingGroups()
            .stream()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Auto Scaling group must exist: " + group))
            .desiredCapacity();
    if (desired < full) {
      client.setDesiredCapacity(
          request ->
              request.autoScalingGroupName(group).desiredCapacity(full).honorCooldown(false));
    }
  }
}
