package payments.dr.operations.doctor.account;

import java.util.List;
import java.util.OptionalInt;
import payments.dr.operations.doctor.check.Check;
import payments.dr.operations.doctor.check.Clients;
import payments.dr.operations.doctor.check.Permission;
import payments.dr.operations.doctor.check.Result;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancerTypeEnum;

/**
 * Whether the Application Load Balancer of a Region fits into the account's limit.
 *
 * @param balancer its name
 */
public record LoadBalancers(String where, String balancer) implements Check {

  private static final String LIMIT = "application-load-balancers";

  @Override
  public String name() {
    return "load balancers";
  }

  @Override
  public List<Permission> permissions() {
    return List.of(
        Permission.of("elasticloadbalancing:DescribeAccountLimits"),
        Permission.of("elasticloadbalancing:DescribeLoadBalancers"));
  }

  @Override
  public Result ask(Clients aws) {
    ElasticLoadBalancingV2Client client = aws.loadBalancing(where);
    OptionalInt limit =
        client.describeAccountLimitsPaginator().stream()
            .flatMap(page -> page.limits().stream())
            .filter(one -> one.name().equals(LIMIT))
            .mapToInt(one -> Integer.parseInt(one.max()))
            .findFirst();
    List<String> used =
        client.describeLoadBalancersPaginator().loadBalancers().stream()
            .filter(one -> one.type() == LoadBalancerTypeEnum.APPLICATION)
            .map(LoadBalancer::loadBalancerName)
            .toList();
    return new Quota(
            "Application Load Balancers",
            used.contains(balancer) ? 0 : 1,
            used.size(),
            limit,
            "elasticloadbalancing",
            "L-53DA6B97")
        .result(where);
  }
}
