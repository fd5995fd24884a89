package payments.dr.modules.storage;

import com.hashicorp.cdktf.providers.aws.s3_bucket_policy.S3BucketPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;

/**
 * The bucket of one Region that receives the access logs of its load balancer (below {@code alb/})
 * and of its other buckets (below {@code s3/}). Log delivery cannot use customer-managed keys.
 */
public final class AccessLogs extends Component {

  /**
   * Accounts from which load balancers deliver logs in Regions older than August 2022; newer ones
   * use the service principal alone.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
   */
  private static final Map<String, String> ELB_ACCOUNTS =
      Map.of(
          "us-east-1", "127311923021",
          "us-east-2", "033677994240",
          "us-west-1", "027434742980",
          "us-west-2", "797873946194",
          "ca-central-1", "985666609251",
          "eu-central-1", "054676820928",
          "eu-west-1", "156460612806",
          "eu-west-2", "652711504416",
          "ap-southeast-1", "114774131450",
          "ap-southeast-2", "783225319266");

  private final PrivateBucket bucket;

  public AccessLogs(Region region, String id, AccessLogsProps props) {
    super(region, id);
    String arn = "arn:aws:s3:::" + props.bucketName();
    List<Statement> deliveries = new ArrayList<>();
    if (props.loadBalancers()) {
      deliveries.addAll(loadBalancers(arn, region));
    }
    deliveries.add(buckets(arn, region));
    bucket =
        new PrivateBucket(
            this,
            "logs",
            region,
            new BucketProps(
                props.bucketName(),
                null,
                props.settings().accessLogRetentionDays(),
                null,
                deliveries,
                !props.protectData()));
  }

  public String bucketName() {
    return bucket.name();
  }

  /** What a load balancer must wait for: it writes a test object when logging is switched on. */
  public S3BucketPolicy deliveryPolicy() {
    return bucket.policy();
  }

  private static List<Statement> loadBalancers(String bucketArn, Region region) {
    String ownLogs = bucketArn + "/alb/AWSLogs/" + region.accountId() + "/*";
    List<Statement> statements = new ArrayList<>();
    statements.add(
        Statement.allow("DeliverLoadBalancerLogs")
            .toService("logdelivery.elasticloadbalancing.amazonaws.com")
            .actions("s3:PutObject")
            .on(ownLogs)
            .when("StringEquals", "aws:SourceAccount", region.accountId()));
    String elbAccount = ELB_ACCOUNTS.get(region.name());
    if (elbAccount != null) {
      statements.add(
          Statement.allow("DeliverLoadBalancerLogsByAccount")
              .toAws("arn:aws:iam::" + elbAccount + ":root")
              .actions("s3:PutObject")
              .on(ownLogs));
    }
    return statements;
  }

  private static Statement buckets(String bucketArn, Region region) {
    return Statement.allow("DeliverBucketLogs")
        .toService("logging.s3.amazonaws.com")
        .actions("s3:PutObject")
        .on(bucketArn + "/s3/*")
        .when("StringEquals", "aws:SourceAccount", region.accountId());
  }
}
