package payments.dr.modules.failover.controller;

import java.util.List;
import java.util.stream.Stream;
import payments.dr.configuration.region.RegionRole;
import payments.dr.modules.failover.AuditArchive;
import payments.dr.modules.failover.TrafficLatch;
import payments.dr.modules.iam.Statement;
import payments.dr.modules.region.Region;

/**
 * What the function of one Region may do. ARNs of both Regions are put together from names, so that
 * neither role waits for the other Region.
 *
 * <p>It needs no permission of KMS: the keys admit the account through each service.
 */
final class FunctionPermissions {

  private static final String[] INTERFACES = {
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses"
  };

  /** Entries that it moves on, and rows that it adds. */
  private static final String[] WRITTEN = {"DATA", "FAILOVER", "MUTEX", "AUDIT#*", "ARCHIVE"};

  /** Entries that it goes by; orders are written by humans alone. */
  private static final String[] READ = {
    "DATA", "FAILOVER", "MUTEX", "AUDIT#*", "ARCHIVE", "CONTROL"
  };

  private final Region region;
  private final FailoverControllerProps props;

  FunctionPermissions(Region region, FailoverControllerProps props) {
    this.region = region;
    this.props = props;
  }

  List<Statement> statements(String logGroupArn, String queueArn) {
    return Stream.of(
            Stream.of(
                Statement.allow("WriteLogs")
                    .actions("logs:CreateLogStream", "logs:PutLogEvents")
                    .on(logGroupArn + ":log-stream:*"),
                Statement.allow("KeepFailures").actions("sqs:SendMessage").on(queueArn)),
            unnamed(),
            look(),
            ledger(),
            lease(),
            watch(),
            archive(),
            move(),
            tell(),
            never())
        .flatMap(statements -> statements)
        .toList();
  }

  /** Calls that know no resources. */
  private Stream<Statement> unnamed() {
    return Stream.of(
        everywhere("JoinNetwork", region).actions(INTERFACES),
        // Lambda joins networks with the function's role; what runs in the function may not.
        Statement.deny("NoNetworkForCode")
            .actions(INTERFACES)
            .on("*")
            .when(
                "ArnEquals",
                "lambda:SourceFunctionArn",
                FailoverControllerProps.arn("lambda", region, "function:" + props.functionName())),
        everywhere("Trace", region).actions("xray:PutTelemetryRecords", "xray:PutTraceSegments"),
        everywhere("PutMetrics", region)
            .actions("cloudwatch:PutMetricData")
            .when("StringEquals", "cloudwatch:namespace", FunctionMetrics.NAMESPACE),
        everywhere("SeeStandby", props.regions().dr())
            .actions(
                "autoscaling:DescribeAutoScalingGroups",
                "elasticloadbalancing:DescribeTargetHealth"));
  }

  private static Statement everywhere(String sid, Region called) {
    return Statement.allow(sid).on("*").when("StringEquals", "aws:RequestedRegion", called.name());
  }

  private Stream<Statement> look() {
    return Stream.of(
        Statement.allow("SeeDatabases")
            .actions("rds:DescribeGlobalClusters")
            .on(props.databases().stream().map(this::globalClusterArn).toList()),
        // Their engine versions, which a move of the writer needs to be equal.
        Statement.allow("SeeClusters")
            .actions("rds:DescribeDBClusters")
            .on(props.databases().stream().flatMap(this::clusterArns).toList()),
        Statement.allow("SignIn")
            .actions("rds-db:connect")
            .on(
                props.databases().stream()
                    .map(database -> database.heartbeatUserArns().get(region.role()))
                    .toList()),
        // Without it an object that is not there would look like one that may not be seen.
        Statement.allow("SeeLatch")
            .actions("s3:ListBucket")
            .on(bucketArn(RegionRole.PRIMARY), bucketArn(RegionRole.DR)));
  }

  private Stream<Statement> ledger() {
    String own = props.ledgers().get(region.role()).givenArn();
    return Stream.of(
        Statement.allow("ReadLedger")
            .actions("dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query")
            .on(own)
            .when("ForAllValues:StringLike", "dynamodb:LeadingKeys", READ),
        Statement.allow("WriteLedger")
            .actions("dynamodb:PutItem")
            .on(own)
            .when("ForAllValues:StringLike", "dynamodb:LeadingKeys", WRITTEN),
        // What applications in the primary Region poll.
        Statement.allow("SwitchWrites")
            .actions("dynamodb:GetItem", "dynamodb:PutItem")
            .on(props.ledgers().primary().givenArn())
            .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "WRITES"));
  }

  /** The three registers of the lease, none of which waits for another Region. */
  private Stream<Statement> lease() {
    return props.witness().stream()
        .map(
            witness ->
                Statement.allow("HoldLease")
                    .actions("dynamodb:GetItem", "dynamodb:PutItem")
                    .on(
                        props.ledgers().primary().givenArn(),
                        props.ledgers().dr().givenArn(),
                        witness.arn(region.accountId()))
                    .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "LEASE"));
  }

  /** Whether the controller that decides still looks. */
  private Stream<Statement> watch() {
    return region.role() == RegionRole.DR
        ? Stream.empty()
        : Stream.of(
            Statement.allow("SeeDrController")
                .actions("dynamodb:GetItem")
                .on(props.ledgers().dr().givenArn())
                .when("ForAllValues:StringEquals", "dynamodb:LeadingKeys", "FAILOVER"));
  }

  /** Objects are locked by the bucket's own rule: who puts one needs no right to lock it. */
  private Stream<Statement> archive() {
    AuditArchive own = props.archives().get(region.role());
    return Stream.of(
        Statement.allow("ExportAuditRows").actions("s3:PutObject").on(own.givenRowsArn()),
        Statement.deny("NeverUnlockAuditRows")
            .actions(
                "s3:BypassGovernanceRetention",
                "s3:DeleteObject",
                "s3:DeleteObjectVersion",
                "s3:PutBucketObjectLockConfiguration",
                "s3:PutLifecycleConfiguration",
                "s3:PutObjectLegalHold",
                "s3:PutObjectRetention")
            .on(own.givenArn(), own.givenArn() + "/*"));
  }

  private Stream<Statement> move() {
    return Stream.of(
        Statement.allow("MoveWriter")
            .actions("rds:FailoverGlobalCluster", "rds:SwitchoverGlobalCluster")
            .on(databases()),
        Statement.allow("SwitchLatch")
            .actions("s3:DeleteObject", "s3:GetObject", "s3:PutObject")
            .on(latchArns().toList()),
        Statement.allow("RaiseCapacity")
            .actions("autoscaling:SetDesiredCapacity")
            .on(
                FailoverControllerProps.arn(
                    "autoscaling",
                    props.regions().dr(),
                    "autoScalingGroup:*:autoScalingGroupName/"
                        + props.standby().autoScalingGroupLiteralName())));
  }

  private Stream<Statement> tell() {
    return Stream.of(
        Statement.allow("Tell")
            .actions("sns:Publish")
            .on(props.topicArns().primary(), props.topicArns().dr()),
        Statement.allow("Announce").actions("events:PutEvents").on(props.busArn(region)));
  }

  /** Whatever else the role may be given one day. */
  private Stream<Statement> never() {
    return Stream.of(
        Statement.deny("NeverDetachOrDelete")
            .actions(
                "rds:DeleteDBCluster",
                "rds:DeleteDBInstance",
                "rds:DeleteGlobalCluster",
                "rds:ModifyGlobalCluster",
                "rds:PromoteReadReplicaDBCluster",
                "rds:RemoveFromGlobalCluster")
            .on("*"),
        Statement.deny("NeverRewrite")
            .actions(
                "backup:DeleteBackupVaultLockConfiguration",
                "dynamodb:DeleteItem",
                "dynamodb:DeleteTable",
                "dynamodb:UpdateItem",
                "kms:DisableKey",
                "kms:ScheduleKeyDeletion",
                "s3:DeleteBucket",
                "s3:DeleteObjectVersion",
                "s3:PutBucketPolicy")
            .on("*"));
  }

  /** What a move of the writer names: the global clusters, and both members of each. */
  private List<String> databases() {
    return props.databases().stream()
        .flatMap(
            database -> Stream.concat(Stream.of(globalClusterArn(database)), clusterArns(database)))
        .toList();
  }

  private Stream<String> clusterArns(ControlledDatabase database) {
    return Stream.of(RegionRole.values()).map(role -> clusterArn(database, role));
  }

  /** Global clusters belong to no Region. */
  private String globalClusterArn(ControlledDatabase database) {
    return "arn:aws:rds::" + region.accountId() + ":global-cluster:" + database.globalClusterName();
  }

  private String clusterArn(ControlledDatabase database, RegionRole role) {
    return FailoverControllerProps.arn(
        "rds", props.regions().get(role), "cluster:" + database.clusterNames().get(role));
  }

  private String bucketArn(RegionRole role) {
    return "arn:aws:s3:::" + props.traffic().latchBuckets().get(role);
  }

  private Stream<String> latchArns() {
    return Stream.of(RegionRole.PRIMARY, RegionRole.DR)
        .map(this::bucketArn)
        .flatMap(
            bucket ->
                Stream.of(TrafficLatch.KEY, TrafficLatch.HOLD_KEY).map(key -> bucket + "/" + key));
  }
}
