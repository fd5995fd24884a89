package payments.dr.compliance;

import static payments.dr.compliance.References.NONE;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What people are told of when somebody changes it. */
final class ChangeRules {

  private static final Pattern SUFFIX = Pattern.compile("\"suffix\":\"([^\"]+)\"");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "key-changes-not-reported",
              "changes of keys are told",
              types("aws_kms_key", "aws_kms_replica_key"),
              Scope.ALWAYS,
              told(Resource::address, "DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion")
                  .only("of stacks with a database", ChangeRules::hasDatabase),
              pci("10.4.1", "10.7.2").fsbp("KMS.3").hub("CloudWatch.7").cis("4.7"),
              "a disabled key stops everything that it encrypts",
              "name the key in an event rule on DisableKey, with an alarm"),
          new Rule(
              "writer-moves-not-reported",
              "moves of the writer are reported",
              types("aws_rds_global_cluster"),
              Scope.ALWAYS,
              told(
                  it -> it.text("global_cluster_identifier"),
                  "FailoverGlobalCluster",
                  "RemoveFromGlobalCluster",
                  "SwitchoverGlobalCluster"),
              pci("10.4.1", "10.7.2"),
              "a move of the writer decides where payments are written",
              "name it in an event rule on FailoverGlobalCluster, with an alarm"),
          new Rule(
              "ledger-writes-not-reported",
              "writes of others to the ledger are told",
              types("aws_dynamodb_table"),
              Scope.ALWAYS,
              told(
                      it -> "table/" + it.text("name"),
                      "PutItem",
                      "BatchWriteItem",
                      "DeleteItem",
                      "TransactWriteItems",
                      "UpdateItem")
                  .only(
                      "of a ledger, not of the witness, which alone is no majority",
                      (table, stack) -> isLedger(table.text("name"))),
              pci("10.4.1", "10.7.2"),
              "the ledger says where the data are, and the controller believes it",
              "name it in an event rule on PutItem, with an alarm"),
          new Rule(
              "latch-writes-not-reported",
              "writes of others to the latch are told",
              types("aws_s3_bucket"),
              Scope.ALWAYS,
              told(
                      it -> it.text("bucket"),
                      "PutObject",
                      "CopyObject",
                      "DeleteObject",
                      "DeleteObjects")
                  .only("of the latch", BucketRules::isLatch),
              pci("10.4.1", "10.7.2"),
              "the latch turns all customers to the other Region",
              "name it in an event rule on PutObject, with an alarm"),
          new Rule(
              "trail-changes-not-reported",
              "changes of trails are told in each Region",
              types("aws_vpc"),
              Scope.ALWAYS,
              alarmed(
                      "on each of DeleteTrail, StopLogging, UpdateTrail",
                      (it, rule) -> hears(rule, "DeleteTrail", "StopLogging", "UpdateTrail"))
                  .only("of stacks with a database", ChangeRules::hasDatabase),
              NONE.cis("4.5"),
              "who switches the trail off has plans that it would show",
              "hear the calls in an event rule of each Region, with an alarm"),
          new Rule(
              "root-use-not-reported",
              "use of the root user is told in each Region",
              types("aws_vpc"),
              Scope.ALWAYS,
              alarmed(
                      "that hears calls and sign-in of the root user",
                      (it, rule) -> hearsRoot(rule))
                  .only("of stacks with a database", ChangeRules::hasDatabase),
              NONE.cis("4.3"),
              "no policy holds the root user back",
              "hear both in an event rule of each Region, with an alarm"),
          new Rule(
              "security-group-changes-not-reported",
              "changes of load balancers' security groups are told",
              types("aws_security_group"),
              Scope.ALWAYS,
              told(Resource::address, "AuthorizeSecurityGroupIngress", "ModifySecurityGroupRules")
                  .only(
                      "of load balancers",
                      (group, stack) ->
                          stack.naming("aws_lb", "security_groups", group).findAny().isPresent()),
              pci("10.4.1", "10.7.2").hub("CloudWatch.10").cis("4.10"),
              "an opened port is what scanners wait for",
              "name it in an event rule on AuthorizeSecurityGroupIngress, with an alarm"),
          new Rule(
              "bucket-changes-not-reported",
              "changes of the latch's bucket and of the audit rows' are told",
              types("aws_s3_bucket"),
              Scope.ALWAYS,
              told(
                      it -> it.text("bucket"),
                      "DeleteBucketLifecycle",
                      "DeleteBucketPolicy",
                      "DeleteBucketReplication",
                      "PutBucketAcl",
                      "PutBucketLifecycle",
                      "PutBucketPolicy",
                      "PutBucketReplication")
                  .only(
                      "of buckets that hold the latch or audit rows",
                      (bucket, stack) ->
                          BucketRules.isLatch(bucket, stack)
                              || BucketRules.keepsAuditRows(bucket, stack)),
              pci("10.4.1", "10.7.2").cis("4.8"),
              "who may write there moves customers, or rewrites what the controller did",
              "name it in an event rule on PutBucketPolicy, with an alarm"),
          new Rule(
              "route-changes-not-reported",
              "changes of routes are told",
              types("aws_route_table"),
              Scope.ALWAYS,
              told(
                      Resource::address,
                      "AssociateRouteTable",
                      "CreateRoute",
                      "DeleteRoute",
                      "DeleteRouteTable",
                      "ReplaceRoute",
                      "ReplaceRouteTableAssociation")
                  .only("of stacks with a database", ChangeRules::hasDatabase),
              pci("10.4.1", "10.7.2").cis("4.13"),
              "over a new route data can leave the network, and without one the service ends",
              "name it in an event rule on CreateRoute, with an alarm"));

  private ChangeRules() {}

  private static Requirement told(Function<Resource, String> name, String... calls) {
    return alarmed(
        "on each of " + String.join(", ", calls) + " that names it",
        (resource, pattern) -> hears(pattern, calls) && names(pattern, name.apply(resource)));
  }

  private static Requirement alarmed(String what, BiPredicate<Resource, String> byPattern) {
    return new Requirement(
        "an aws_cloudwatch_event_rule of the own Region "
            + what
            + ", and an alarm on its invocations",
        (resource, stack) ->
            faultIf(
                stack
                    .ofType(AlarmRules.EVENT_RULE)
                    .filter(AlarmRules::isOn)
                    .filter(rule -> rule.text("provider").equals(resource.text("provider")))
                    .filter(rule -> byPattern.test(resource, rule.text("event_pattern")))
                    .noneMatch(rule -> isAlarmed(rule, stack)),
                "no such rule"));
  }

  private static boolean hears(String pattern, String... calls) {
    return pattern.contains("\"detail-type\":[\"AWS API Call via CloudTrail\"]")
        && Stream.of(calls).allMatch(call -> pattern.contains("\"" + call + "\""));
  }

  private static boolean hearsRoot(String pattern) {
    return Stream.of(
            "\"AWS API Call via CloudTrail\"",
            "\"AWS Console Sign In via CloudTrail\"",
            "\"type\":[\"Root\"]")
        .allMatch(pattern::contains);
  }

  /** By itself, or by how it ends. */
  private static boolean names(String pattern, String name) {
    return pattern.contains(name)
        || SUFFIX.matcher(pattern).results().anyMatch(suffix -> name.endsWith(suffix.group(1)));
  }

  private static boolean isAlarmed(Resource rule, Resources stack) {
    return stack
        .ofType(AlarmRules.ALARM)
        .filter(alarm -> alarm.text("provider").equals(rule.text("provider")))
        .filter(alarm -> alarm.text("dimensions.RuleName").equals(rule.text("name")))
        .filter(alarm -> alarm.text("metric_name").equals("Invocations"))
        .filter(alarm -> alarm.text("comparison_operator").equals("GreaterThanThreshold"))
        .filter(alarm -> alarm.text("threshold").equals("0"))
        .anyMatch(alarm -> AlarmRules.silence(alarm, stack).isEmpty());
  }

  private static boolean hasDatabase(Resource resource, Resources stack) {
    return stack.ofType("aws_rds_global_cluster").findAny().isPresent();
  }

  private static boolean isLedger(String table) {
    return table.contains("ledger-") && !table.startsWith("witness-");
  }
}
