package payments.dr.lambda.aws;

import payments.dr.lambda.model.Health;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

/**
 * Whether the DR Region has the machines to serve.
 *
 * @param servingMinimum healthy targets that are enough
 */
public record Readiness(
    ElasticLoadBalancingV2Client client, String targetGroupArn, int servingMinimum) {

  /**
   * @throws software.amazon.awssdk.core.exception.SdkException when AWS does not say
   */
  Health look() {
    long healthy =
        client
            .describeTargetHealth(request -> request.targetGroupArn(targetGroupArn))
            .targetHealthDescriptions()
            .stream()
            .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
            .count();
    return healthy >= servingMinimum ? Health.UP : Health.DOWN;
  }
}
