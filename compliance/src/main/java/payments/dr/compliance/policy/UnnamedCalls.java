package payments.dr.compliance.policy;

import java.util.Collection;
import java.util.Set;

/** The calls that a role may be allowed on everything, because IAM knows no resource of theirs. */
public final class UnnamedCalls {

  private static final Set<String> CALLS =
      Set.of(
          "autoscaling:DescribeAutoScalingGroups",
          "cloudwatch:PutMetricData",
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
          "elasticloadbalancing:DescribeTargetHealth",
          "xray:PutTelemetryRecords",
          "xray:PutTraceSegments");

  private UnnamedCalls() {}

  /** Whether all of them are such; a condition must then narrow them, to a Region at least. */
  public static boolean are(Collection<String> calls) {
    return !calls.isEmpty() && CALLS.containsAll(calls);
  }
}
