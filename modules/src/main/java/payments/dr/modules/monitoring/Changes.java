package payments.dr.modules.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import payments.dr.modules.region.Region;

/**
 * The changes that are told of in one Region. CloudTrail reports a call where it was made, and what
 * is the same in every Region, such as IAM and Route 53, in {@value #GLOBAL_EVENTS} alone: what
 * tells of those stands there, and nowhere where no event would ever match it.
 */
final class Changes {

  /** Where EventBridge gets events of global services. */
  static final String GLOBAL_EVENTS = "us-east-1";

  private static final String CALL = "AWS API Call via CloudTrail";
  private static final String SIGN_IN = "AWS Console Sign In via CloudTrail";

  private final Region region;
  private final WatchedResources watched;
  private final List<String> trustedRoles;

  /**
   * @param operatorRoles names of those by which humans write ledger and latch
   */
  Changes(Region region, WatchedResources watched, List<String> operatorRoles) {
    this.region = region;
    this.watched = watched;
    trustedRoles = Stream.concat(watched.moverRoles().stream(), operatorRoles.stream()).toList();
  }

  List<Change> all() {
    return region.name().equals(GLOBAL_EVENTS)
        ? Stream.concat(regional().stream(), global().stream()).toList()
        : regional();
  }

  private List<Change> global() {
    return List.of(
        new Change(
            "roles",
            "What the controllers' roles may do was changed, or who may assume them. They can move"
                + " traffic and data: compare it with the plan of the last deployment.",
            call(
                "iam",
                parameter("roleName", watched.moverRoles()),
                "AttachRolePolicy",
                "DeleteRolePolicy",
                "DetachRolePolicy",
                "PutRolePolicy",
                "UpdateAssumeRolePolicy")),
        new Change(
            "records",
            "A DNS record that customers or the controllers ask for was changed. Look where"
                + " customers are served, and compare it with the plan of the last deployment.",
            call("route53", records(), "ChangeResourceRecordSets")),
        new Change(
            "health-checks",
            "A health check that customers' records or the controllers go by was changed, disabled,"
                + " inverted or deleted. A disabled one counts as healthy: compare it with the plan"
                + " of the last deployment.",
            call(
                "route53",
                parameter("healthCheckId", watched.healthCheckIds()),
                "DeleteHealthCheck",
                "UpdateHealthCheck")));
  }

  /** Names end in a dot, or not, as the caller wrote them; so do ids begin with a path, or not. */
  private Map<String, Object> records() {
    List<String> names =
        watched.recordNames().stream().flatMap(name -> Stream.of(name, name + ".")).toList();
    return Map.of(
        "requestParameters",
        Map.of(
            "hostedZoneId",
            List.of(watched.zoneId(), "/hostedzone/" + watched.zoneId()),
            "changeBatch",
            Map.of("changes", Map.of("resourceRecordSet", Map.of("name", names)))));
  }

  private List<Change> regional() {
    return List.of(
        new Change(
            "keys",
            "A key was disabled or is to be deleted, or its policy or rotation was changed. What it"
                + " encrypts is lost with it: cancel the deletion, enable the key.",
            call(
                "kms",
                Map.of("resources", Map.of("ARN", watched.keyArns())),
                "DisableKey",
                "DisableKeyRotation",
                "PutKeyPolicy",
                "ScheduleKeyDeletion")),
        new Change(
            "global-cluster",
            "The writer was moved between the Regions, or a Region was taken out of a global"
                + " database. Unless the controller or one of you did, find out who did.",
            call(
                "rds",
                Map.of(
                    "requestParameters",
                    Map.of(
                        "globalClusterIdentifier",
                        // A new or retired generation changes no alarm.
                        List.of(Map.of("suffix", "-" + watched.environment())))),
                "DeleteGlobalCluster",
                "FailoverGlobalCluster",
                "RemoveFromGlobalCluster",
                "SwitchoverGlobalCluster")),
        new Change(
            "latch",
            "The latch, which sends customers to the DR Region, was written by somebody else than"
                + " the controllers and the operators' roles. Look where customers are served.",
            call(
                "s3",
                byStrangers(
                    Map.of(
                        "requestParameters", Map.of("bucketName", List.of(watched.latchBucket())))),
                "CompleteMultipartUpload",
                "CopyObject",
                "DeleteObject",
                "DeleteObjects",
                "PutObject")),
        new Change(
            "ledger",
            "The ledger, which says where the data is, was written by somebody else than the"
                + " controllers and the operators' roles.",
            call(
                "dynamodb",
                byStrangers(
                    Map.of("resources", Map.of("ARN", List.of(watched.ledgerArn()))),
                    watched.renewerRoles()),
                "BatchExecuteStatement",
                "BatchWriteItem",
                "DeleteItem",
                "ExecuteStatement",
                "ExecuteTransaction",
                "PutItem",
                "TransactWriteItems",
                "UpdateItem")),
        new Change(
            "buckets",
            "Who may use the bucket of the latch, of audit rows, of access logs or of states was"
                + " changed, or how long it keeps versions. Compare it with the plan of the last"
                + " deployment.",
            call(
                "s3",
                Map.of("requestParameters", Map.of("bucketName", watched.guardedBuckets())),
                "DeleteBucket",
                "DeleteBucketLifecycle",
                "DeleteBucketPolicy",
                "DeleteBucketPublicAccessBlock",
                "DeleteBucketReplication",
                "PutBucketAcl",
                "PutBucketLifecycle",
                "PutBucketObjectLockConfiguration",
                "PutBucketPolicy",
                "PutBucketPublicAccessBlock",
                "PutBucketReplication",
                "PutBucketVersioning")),
        new Change(
            "network",
            "A rule of the security group of load balancer, fleet, controller or database was"
                + " changed, or a route. Compare it with the plan of the last deployment.",
            call(
                "ec2",
                Map.of(
                    "$or",
                    List.of(
                        parameter("groupId", watched.securityGroupIds()),
                        // CloudTrail reports this one call, Terraform's own, as it was sent.
                        Map.of(
                            "requestParameters",
                            Map.of(
                                "ModifySecurityGroupRulesRequest",
                                Map.of("GroupId", watched.securityGroupIds()))),
                        parameter("routeTableId", watched.routeTableIds()))),
                "AssociateRouteTable",
                "AuthorizeSecurityGroupEgress",
                "AuthorizeSecurityGroupIngress",
                "CreateRoute",
                "DeleteRoute",
                "DeleteRouteTable",
                "ModifySecurityGroupRules",
                "ReplaceRoute",
                "ReplaceRouteTableAssociation",
                "RevokeSecurityGroupEgress",
                "RevokeSecurityGroupIngress")),
        new Change(
            "load-balancer",
            "The load balancer was given other security groups: who reaches it may have changed."
                + " Compare them with the plan of the last deployment.",
            call(
                "elasticloadbalancing",
                parameter("loadBalancerArn", List.of(watched.loadBalancerArn())),
                "SetSecurityGroups")),
        new Change(
            "controller",
            "Code, settings, callers or alias of the failover controller were changed. It moves traffic and"
                + " data: unless that was a deployment of yours, find out who did.",
            call(
                "lambda",
                function(),
                "AddPermission20150331v2",
                "CreateEventSourceMapping20150331",
                "DeleteEventSourceMapping20150331",
                "DeleteAlias20150331",
                "DeleteFunction20150331",
                "DeleteFunctionConcurrency20171031",
                "PutFunctionConcurrency20171031",
                "RemovePermission20150331v2",
                "UpdateAlias20150331",
                "UpdateEventSourceMapping20150331",
                "UpdateFunctionCode20150331v2",
                "UpdateFunctionConfiguration20150331v2")),
        new Change(
            "trail",
            "The record of API calls was stopped, deleted or narrowed in this account. Nothing that"
                + " happens from now on may be told: start it again, then find out why.",
            call(
                "cloudtrail",
                Map.of(),
                "DeleteTrail",
                "PutEventSelectors",
                "StopLogging",
                "UpdateTrail")),
        root());
  }

  /** Whatever it does: nobody needs it for daily work. */
  private static Change root() {
    return new Change(
        "root-user",
        "The root user of this account was used. Nobody needs it for daily work: unless it was you,"
            + " change its password, remove its access keys, and call AWS.",
        Map.of(
            "detail-type",
            List.of(CALL, SIGN_IN),
            "detail",
            Map.of(
                "userIdentity",
                Map.of("type", List.of("Root"), "invokedBy", List.of(Map.of("exists", false))))));
  }

  private static Map<String, Object> call(
      String service, Map<String, Object> detail, String... names) {
    Map<String, Object> narrowed = new TreeMap<>(detail);
    narrowed.put("eventName", List.of(names));
    return Map.of(
        "source", List.of("aws." + service), "detail-type", List.of(CALL), "detail", narrowed);
  }

  /**
   * Callers name it or give its ARN, with or without an alias. Of an event source mapping they give
   * an id, and the answer tells the function.
   */
  private Map<String, Object> function() {
    String arn = ":function:" + watched.functionName();
    List<Object> names =
        List.of(
            watched.functionName(), Map.of("suffix", arn), Map.of("wildcard", "*" + arn + ":*"));
    return Map.of(
        "$or",
        List.of(
            Map.of("requestParameters", Map.of("functionName", names)),
            Map.of("responseElements", Map.of("functionArn", names))));
  }

  private static Map<String, Object> parameter(String name, List<String> values) {
    return Map.of("requestParameters", Map.of(name, values));
  }

  /** By no session of a trusted role; users and root have no session of any. */
  private Map<String, Object> byStrangers(Map<String, Object> detail) {
    return byStrangers(detail, List.of());
  }

  /**
   * The same, but for transactions of renewers that write the lease and nothing else. CloudTrail
   * records the keys of a transaction, unless DynamoDB did not get as far as to read them.
   */
  private Map<String, Object> byStrangers(Map<String, Object> detail, List<String> renewers) {
    List<Map<String, Object>> strangers = new ArrayList<>();
    List<String> known = Stream.concat(trustedRoles.stream(), renewers.stream()).toList();
    strangers.add(issuer(List.of(Map.of("anything-but", arns(known)))));
    strangers.add(issuer(List.of(Map.of("exists", false))));
    if (!renewers.isEmpty()) {
      Map<String, Object> more = new TreeMap<>(issuer(arns(renewers)));
      more.put(
          "requestParameters",
          Map.of(
              "requestItems",
              Map.of(
                  "key",
                  Map.of(
                      "entity",
                      List.of(
                          Map.of("anything-but", List.of("LEASE")), Map.of("exists", false))))));
      strangers.add(more);
    }
    Map<String, Object> narrowed = new TreeMap<>(detail);
    narrowed.put("$or", strangers);
    return narrowed;
  }

  private List<String> arns(List<String> roles) {
    return roles.stream()
        .map(role -> "arn:aws:iam::" + region.accountId() + ":role/" + role)
        .toList();
  }

  private static Map<String, Object> issuer(List<?> matches) {
    return Map.of(
        "userIdentity", Map.of("sessionContext", Map.of("sessionIssuer", Map.of("arn", matches))));
  }
}
