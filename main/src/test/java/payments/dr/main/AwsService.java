package payments.dr.main;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A service of AWS, named as Security Hub's controls name it, by the Terraform types of it. */
enum AwsService {
  ACM("aws_acm"),
  AUTO_SCALING("AutoScaling", "aws_autoscaling"),
  BACKUP("Backup", "aws_backup"),
  CLOUD_TRAIL("CloudTrail", "aws_cloudtrail"),
  CLOUD_WATCH(
      "CloudWatch", "aws_cloudwatch_dashboard", "aws_cloudwatch_log", "aws_cloudwatch_metric"),
  CONFIG("Config", "aws_config"),
  DATA_FIREHOSE("DataFirehose", "aws_kinesis_firehose"),
  DYNAMO_DB("DynamoDB", "aws_dynamodb"),
  EC2(
      "EC2",
      "aws_default_security_group",
      "aws_ebs",
      "aws_ec2",
      "aws_eip",
      "aws_flow_log",
      "aws_internet_gateway",
      "aws_launch_template",
      "aws_nat_gateway",
      "aws_route",
      "aws_security_group",
      "aws_subnet",
      "aws_vpc"),
  ELB("aws_lb"),
  EVENT_BRIDGE("EventBridge", "aws_cloudwatch_event"),
  GUARD_DUTY("GuardDuty", "aws_guardduty"),
  IAM("IAM", "aws_accessanalyzer", "aws_iam"),
  KMS("aws_kms"),
  LAMBDA("Lambda", "aws_lambda"),
  RDS("RDS", "aws_db", "aws_rds"),
  ROUTE_53("Route53", "aws_route53"),
  S3("aws_s3"),
  SCHEDULER("Scheduler", "aws_scheduler"),
  SECRETS_MANAGER("SecretsManager", "aws_secretsmanager"),
  SECURITY_HUB("SecurityHub", "aws_securityhub"),
  SNS("aws_sns"),
  SQS("aws_sqs"),
  SSM("aws_ssm"),
  WAF("WAF", "aws_wafv2");

  private final String words;
  private final List<String> types;

  AwsService(String types) {
    this.words = name();
    this.types = List.of(types);
  }

  AwsService(String words, String... types) {
    this.words = words;
    this.types = List.of(types);
  }

  /** Those that a type belongs to: one, or none when nobody has listed its service. */
  static Stream<AwsService> of(String type) {
    return Arrays.stream(values())
        .filter(
            service ->
                service.types.stream()
                    .anyMatch(own -> type.equals(own) || type.startsWith(own + "_")));
  }

  boolean has(String control) {
    return control.startsWith(words + ".");
  }
}
