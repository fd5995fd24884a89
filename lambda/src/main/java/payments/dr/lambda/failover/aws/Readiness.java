package payments.dr.lambda.failover.aws;

import payments.dr.lambda.failover.Vote;
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
  Vote look() {
    long healthy =
        client
            .describeTargetHealth(request -> request.targetGroupArn(targetGroupArn))
            .targetHealthDescriptions()
            .stream()
            .filter(target -> target.targetHealth().state() == TargetHealthStateEnum.HEALTHY)
            .count();
    return healthy >= servingMinimum ? Vote.UP : Vote.DOWN;
  }
}
