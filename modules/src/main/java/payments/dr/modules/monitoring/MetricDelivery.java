package payments.dr.modules.monitoring;

import com.hashicorp.cdktf.providers.aws.cloudwatch_log_group.CloudwatchLogGroup;
import com.hashicorp.cdktf.providers.aws.cloudwatch_log_stream.CloudwatchLogStream;
import com.hashicorp.cdktf.providers.aws.kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStream;
import com.hashicorp.cdktf.providers.aws.kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStreamExtendedS3Configuration;
import com.hashicorp.cdktf.providers.aws.kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptions;
import com.hashicorp.cdktf.providers.aws.kinesis_firehose_delivery_stream.KinesisFirehoseDeliveryStreamServerSideEncryption;
import payments.dr.modules.encryption.KeyPurpose;
import payments.dr.modules.iam.ServiceRole;
import payments.dr.modules.iam.ServiceRoleProps;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.reference.Component;
import payments.dr.modules.reference.Reference;
import payments.dr.modules.region.Region;
import payments.dr.modules.storage.PrivateBucket;

/** The Firehose that puts a Region's metrics into its archive bucket. */
final class MetricDelivery extends Component {

  private static final int LOG_RETENTION_DAYS = 400;

  private final Reference stream;

  MetricDelivery(
      MetricArchive archive,
      String id,
      Region region,
      MetricArchiveProps props,
      PrivateBucket bucket) {
    super(archive, id);
    String name = props.names().regional(region.role(), "metrics");
    String keyArn = props.keys().arn(KeyPurpose.STORAGE);
    CloudwatchLogGroup.Builder.create(this, "log-group")
        .provider(region.provider())
        .name(props.names().path(region.role().id() + "/metric-archive"))
        .retentionInDays(LOG_RETENTION_DAYS)
        .kmsKeyId(props.keys().arn(KeyPurpose.LOGS))
        .build();
    Reference logs = Reference.to(this, CloudwatchLogGroup.TF_RESOURCE_TYPE, "log-group");
    CloudwatchLogStream.Builder.create(this, "log-stream")
        .provider(region.provider())
        .name("delivery")
        .logGroupName(logs.name())
        .build();
    Reference errors = Reference.to(this, CloudwatchLogStream.TF_RESOURCE_TYPE, "log-stream");
    ServiceRole role =
        new ServiceRole(
            this,
            "role",
            region,
            // Firehose is not documented to say whom it works for.
            ServiceRoleProps.withoutSourceAccount(
                props.names().regional(region.role(), "metric-delivery"),
                "firehose.amazonaws.com",
                Statement.allow("ListBucket")
                    .actions(
                        "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads")
                    .on(bucket.arn()),
                Statement.allow("PutObjects")
                    .actions("s3:PutObject", "s3:AbortMultipartUpload")
                    .on(bucket.arn() + "/*"),
                Statement.allow("EncryptObjects")
                    .actions("kms:GenerateDataKey", "kms:Decrypt")
                    .on(keyArn)
                    .when(
                        "StringEquals", "kms:ViaService", "s3." + region.name() + ".amazonaws.com"),
                Statement.allow("LogErrors")
                    .actions("logs:PutLogEvents")
                    .on(logs.arn() + ":log-stream:" + errors.name())));
    KinesisFirehoseDeliveryStream.Builder.create(this, "firehose")
        .provider(region.provider())
        .name(name)
        .destination("extended_s3")
        .serverSideEncryption(
            KinesisFirehoseDeliveryStreamServerSideEncryption.builder()
                .enabled(true)
                .keyType("CUSTOMER_MANAGED_CMK")
                .keyArn(keyArn)
                .build())
        .extendedS3Configuration(
            KinesisFirehoseDeliveryStreamExtendedS3Configuration.builder()
                .roleArn(role.arn())
                .bucketArn(bucket.arn())
                .kmsKeyArn(keyArn)
                .bufferingInterval(60)
                .bufferingSize(5)
                .compressionFormat("GZIP")
                .prefix("metrics/")
                .errorOutputPrefix("errors/")
                .cloudwatchLoggingOptions(
                    KinesisFirehoseDeliveryStreamExtendedS3ConfigurationCloudwatchLoggingOptions
                        .builder()
                        .enabled(true)
                        .logGroupName(logs.name())
                        .logStreamName(errors.name())
                        .build())
                .build())
        .build();
    stream = Reference.to(this, KinesisFirehoseDeliveryStream.TF_RESOURCE_TYPE, "firehose");
  }

  String name() {
    return stream.name();
  }

  String arn() {
    return stream.arn();
  }
}
