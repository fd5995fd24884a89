package payments.dr.modules.compute;

import com.hashicorp.cdktf.providers.aws.lb_listener.LbListener;
import com.hashicorp.cdktf.providers.aws.lb_listener.LbListenerDefaultAction;
import com.hashicorp.cdktf.providers.aws.lb_listener.LbListenerDefaultActionRedirect;
import com.hashicorp.cdktf.providers.aws.vpc_security_group_ingress_rule.VpcSecurityGroupIngressRule;
import java.util.List;
import java.util.Locale;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/** The ports of a load balancer, each open to the internet together with its listener. */
final class Listeners extends Component {

  /** TLS 1.2 and 1.3; never 1.3 alone, which Route 53's health checks do not speak. */
  private static final String SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

  private final LoadBalancer loadBalancer;
  private final Region region;

  Listeners(LoadBalancer loadBalancer, String id, Region region) {
    super(loadBalancer, id);
    this.loadBalancer = loadBalancer;
    this.region = region;
  }

  void forwardHttps(String certificateArn) {
    listener("https", 443, forward())
        .protocol("HTTPS")
        .sslPolicy(SSL_POLICY)
        .certificateArn(certificateArn)
        .build();
  }

  void redirectHttp() {
    var redirect =
        LbListenerDefaultAction.builder()
            .type("redirect")
            .redirect(
                LbListenerDefaultActionRedirect.builder()
                    .protocol("HTTPS")
                    .port("443")
                    .statusCode("HTTP_301")
                    .build())
            .build();
    listener("http", 80, redirect).protocol("HTTP").build();
  }

  void forwardHttp() {
    listener("http", 80, forward()).protocol("HTTP").build();
  }

  private LbListenerDefaultAction forward() {
    return LbListenerDefaultAction.builder()
        .type("forward")
        .targetGroupArn(loadBalancer.targetGroupArn())
        .build();
  }

  private LbListener.Builder listener(String id, int port, LbListenerDefaultAction action) {
    VpcSecurityGroupIngressRule.Builder.create(this, id + "-from-anywhere")
        .provider(region.provider())
        .securityGroupId(loadBalancer.securityGroupId())
        .description(id.toUpperCase(Locale.ROOT) + " from the internet")
        .cidrIpv4("0.0.0.0/0")
        .ipProtocol("tcp")
        .fromPort(port)
        .toPort(port)
        .build();
    return LbListener.Builder.create(this, id)
        .provider(region.provider())
        .loadBalancerArn(loadBalancer.arn())
        .port(port)
        .defaultAction(List.of(action));
  }
}
