package payments.dr.modules.failover;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.route53_query_log.Route53QueryLog;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;

/**
 * A record of who asked the zone for what. The zone answers as ever when the Region of the record
 * is gone.
 */
public final class QueryLog extends Component {

  /** The only Region in which Route 53 writes it. */
  public static final String REGION_NAME = "us-east-1";

  /** The account admits Route 53 to log groups that begin so. */
  private static final String PREFIX = "/aws/route53/";

  private static final int RETENTION_DAYS = 400;

  /**
   * @throws IllegalArgumentException when the Region is not {@value #REGION_NAME}
   */
  public QueryLog(Region region, String id, QueryLogProps props) {
    super(region, id);
    if (!region.name().equals(REGION_NAME)) {
      throw new IllegalArgumentException(
          "region of a query log must be " + REGION_NAME + ", got \"" + region.name() + "\"");
    }
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(PREFIX + props.names().global("queries"))
        .retentionInDays(RETENTION_DAYS)
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    Reference group = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    Route53QueryLog.Builder.create(this, "query-log")
        .provider(region.provider())
        .zoneId(props.zoneId())
        .cloudwatchLogGroupArn(group.arn())
        .build();
  }
}
