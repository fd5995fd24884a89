package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_stream.CloudwatchMetricStream;
import com.hashicorp.cdktf.providers.aws.cloudwatch_metric_stream.CloudwatchMetricStreamIncludeFilter;
import java.util.List;
import java.util.stream.Stream;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.BucketProps;
import payments.dr.modules.storage.PrivateBucket;

/**
 * The metrics of one Region, streamed into a bucket of that Region as compressed JSON, some minutes
 * late.
 *
 * <p>For looking back after an incident, never for deciding during one. {@link ArchiveReplication}
 * copies it to the other Region, so that the last minutes of a lost Region can be read.
 */
public final class MetricArchive extends Component {

  /** Of what this project runs on AWS; the rest of the account is not ours to archive. */
  private static final List<String> NAMESPACES =
      List.of(
          "AWS/ApplicationELB",
          "AWS/AutoScaling",
          "AWS/Backup",
          "AWS/DynamoDB",
          "AWS/Lambda",
          "AWS/RDS");

  /** Delivery is buffered for one minute; a quarter of an hour means that it is stuck. */
  private static final int STALE_SECONDS = 900;

  private static final String ARCHIVE = "docs/operate/alerts.md#the-metric-archive";

  private final PrivateBucket bucket;

  public MetricArchive(Region region, String id, MetricArchiveProps props) {
    super(region, id);
    bucket =
        new PrivateBucket(
            this,
            "storage",
            region,
            new BucketProps(
                props.names().bucket(region.role(), "metrics"),
                props.keys().arn(KeyPurpose.STORAGE),
                props.settings().metricArchiveRetentionDays(),
                props.accessLogs(),
                List.of(),
                !props.protectData()));
    MetricDelivery delivery = new MetricDelivery(this, "delivery", region, props, bucket);
    String streamName = props.names().regional(region.role(), "metric-stream");
    ServiceRole role =
        new ServiceRole(
            this,
            "role",
            region,
            // Metric streams are not documented to say whom they work for.
            ServiceRoleProps.withoutSourceAccount(
                streamName,
                "streams.metrics.cloudwatch.amazonaws.com",
                Statement.allow("PutIntoDelivery")
                    .actions("firehose:PutRecord", "firehose:PutRecordBatch")
                    .on(delivery.arn()),
                // Firehose requires this of every caller that writes to an encrypted stream.
                Statement.allow("EncryptRecords")
                    .actions("kms:GenerateDataKey", "kms:Decrypt")
                    .on(props.keys().arn(KeyPurpose.STORAGE))
                    .when(
                        "StringEquals",
                        "kms:ViaService",
                        "firehose." + region.name() + ".amazonaws.com")));
    CloudwatchMetricStream.Builder.create(this, "stream")
        .provider(region.provider())
        .name(streamName)
        .roleArn(role.arn())
        .firehoseArn(delivery.arn())
        .outputFormat("json")
        .includeFilter(
            Stream.concat(NAMESPACES.stream(), Stream.of(props.controllerNamespace()))
                .map(
                    namespace ->
                        CloudwatchMetricStreamIncludeFilter.builder().namespace(namespace).build())
                .toList())
        .build();
    Alarm.named(props.names().regional(region.role(), "metric-stream-alarm"))
        .whenAbove(
            0,
            Metric.average("AWS/CloudWatch/MetricStreams", "PublishErrorRate")
                .of("MetricStreamName", streamName))
        .in(3, 5)
        .saying(
            "Metrics of %s cannot be handed to the archive. Look at the stream's role and at the"
                + " limits of its Firehose; what is lost meanwhile stays lost.",
            region.name())
        .first("doctor " + props.names().environment(), ARCHIVE)
        .create(this, "publish-errors", region, props.topicArn());
    Alarm.named(props.names().regional(region.role(), "metric-delivery-alarm"))
        .whenAbove(
            STALE_SECONDS,
            Metric.maximum("AWS/Firehose", "DeliveryToS3.DataFreshness")
                .of("DeliveryStreamName", delivery.name()))
        .in(3, 5)
        .saying(
            "Metrics of %s do not arrive in their bucket. Look at the delivery's log group for the"
                + " reason; after 24 hours they are dropped.",
            region.name())
        .first("doctor " + props.names().environment(), ARCHIVE)
        .create(this, "stale-delivery", region, props.topicArn());
  }

  PrivateBucket bucket() {
    return bucket;
  }

  public String bucketName() {
    return bucket.name();
  }

  public String bucketArn() {
    return bucket.arn();
  }
}
