package payments.dr.compliance;

import static payments.dr.compliance.DatabaseRules.ownKey;
import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.between;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.none;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.Optional;
import payments.dr.compliance.policy.Condition;

/** Topics, queues and buses. */
final class MessagingRules {

  private static final List<String> TOPIC = types("aws_sns_topic");
  private static final List<String> QUEUE = types("aws_sqs_queue");
  private static final int SHORT_LIVED_SECONDS = 300;

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "topic-not-encrypted",
              "topics are encrypted with an own key",
              TOPIC,
              Scope.ALWAYS,
              ownKey("kms_master_key_id"),
              pci("3.5.1").hub("SNS.1"),
              "alerts say what is wrong and where",
              "encrypt with the Region's key of notifications"),
          new Rule(
              "topic-accepts-plain-text",
              "topics refuse plain text",
              TOPIC,
              Scope.ALWAYS,
              part("aws_sns_topic_policy", "arn", refusesPlainText("sns:Publish")),
              pci("4.2.1"),
              "SNS answers without TLS, too",
              "deny sns:Publish when aws:SecureTransport is false"),
          new Rule(
              "topic-publishers-not-named",
              "topic policies name their publishers",
              TOPIC,
              Scope.ALWAYS,
              part("aws_sns_topic_policy", "arn", namedPublishers()),
              pci("7.2.1(k)"),
              "a sender of false alarms can tire those who answer",
              "add the condition aws:SourceAccount"),
          new Rule(
              "topic-without-subscriber",
              "somebody is told",
              TOPIC,
              Scope.KEPT_DATA,
              part(
                  "aws_sns_topic_subscription",
                  "topic_arn",
                  has("endpoint").and(none("filter_policy"))),
              pci("10.7.2", "12.10.1(k)"),
              "alarms would ring where nobody is",
              "set notification.emails"),
          new Rule(
              "topic-signature-weak",
              "messages are signed with SHA-256",
              TOPIC,
              Scope.ALWAYS,
              between("signature_version", 2, 2),
              pci("4.2.1"),
              "version 1 signs with SHA-1",
              "set signature_version to 2"),
          new Rule(
              "queue-not-encrypted",
              "queues are encrypted, with an own key where they keep messages",
              QUEUE,
              Scope.ALWAYS,
              encrypted(),
              pci("3.5.1(k)").fsbp("SQS.1"),
              "a failed message tells what was to be done",
              "encrypt with the Region's key of notifications"),
          new Rule(
              "queue-accepts-plain-text",
              "queues refuse plain text",
              QUEUE,
              Scope.ALWAYS,
              part("aws_sqs_queue_policy", "queue_url", refusesPlainText("sqs:*")),
              pci("4.2.1"),
              "SQS answers without TLS, too",
              "deny sqs:* when aws:SecureTransport is false"),
          new Rule(
              "queue-senders-not-named",
              "failure queues are nobody else's",
              QUEUE,
              Scope.ALWAYS,
              new Requirement(
                  "redrive_allow_policy denyAll or byQueue",
                  (queue, stack) ->
                      faultIf(
                          !queue
                              .text("redrive_allow_policy")
                              .matches("\\{\"redrivePermission\":\"(denyAll|byQueue)\".*"),
                          queue.describe("redrive_allow_policy"))),
              pci("7.2.1(k)"),
              "any queue of the account could fill it",
              "set redrivePermission to denyAll"),
          new Rule(
              "failure-queue-not-alarmed",
              "what lies in a failure queue is alarmed",
              QUEUE,
              Scope.ALWAYS,
              part(
                      "aws_cloudwatch_metric_alarm",
                      "dimensions.QueueName",
                      in("metric_name", "ApproximateNumberOfMessagesVisible"))
                  .only(
                      "where no function reads the queue", (queue, stack) -> unread(queue, stack)),
              pci("10.7.2"),
              "nobody looks into a queue by themselves",
              "add an alarm on its depth"),
          new Rule(
              "bus-publishers-not-named",
              "buses take events of named principals",
              types("aws_cloudwatch_event_bus"),
              Scope.ALWAYS,
              part("aws_cloudwatch_event_bus_policy", "event_bus_name", namedSenders()),
              pci("7.2.1(k)").fsbp("EventBridge.3"),
              "a forged alarm could start a failover",
              "deny events:PutEvents to all but the controllers' roles"));

  private MessagingRules() {}

  private static Requirement refusesPlainText(String action) {
    return new Requirement(
        "a policy that denies "
            + action
            + " to everybody if "
            + Condition.PLAIN_TEXT
            + ", and under no other condition",
        (policy, stack) ->
            faultIf(
                !stack.policy(policy, "policy").denies(action, Condition.PLAIN_TEXT),
                "a policy without such a statement"));
  }

  /**
   * SQS's own key will do for what is gone in minutes, and spares its senders a policy of a key.
   */
  private static Requirement encrypted() {
    Requirement own = ownKey("kms_master_key_id");
    return new Requirement(
        own.allowed() + ", or sqs_managed_sse_enabled true where messages live for 300 s at most",
        (queue, stack) ->
            queue.isOn("sqs_managed_sse_enabled")
                    && queue.at("message_retention_seconds").asInt(Integer.MAX_VALUE)
                        <= SHORT_LIVED_SECONDS
                ? Optional.empty()
                : own.check().fault(queue, stack));
  }

  private static boolean unread(Resource queue, Resources stack) {
    return stack
        .naming("aws_lambda_event_source_mapping", "event_source_arn", queue)
        .findAny()
        .isEmpty();
  }

  static Requirement namedPublishers() {
    return new Requirement(
        "a policy that allows services with aws:SourceAccount or aws:SourceArn, and nobody at large",
        (policy, stack) ->
            stack
                .policy(policy, "policy")
                .allowing()
                .filter(
                    statement ->
                        (statement.isForEverybody() || statement.isForServices())
                            && !statement.isNarrowedBy(
                                "aws:SourceAccount", "aws:SourceArn", "aws:PrincipalArn"))
                .map(statement -> "statement " + statement.id())
                .findFirst());
  }

  private static Requirement namedSenders() {
    return new Requirement(
        "a policy that denies events:PutEvents to everybody but those of aws:PrincipalArn, and"
            + " under no other condition",
        (policy, stack) ->
            faultIf(
                stack
                    .policy(policy, "policy")
                    .denying()
                    .noneMatch(
                        statement ->
                            statement.meaning().conditions().stream()
                                .filter(MessagingRules::namesRoles)
                                .anyMatch(it -> statement.denies("events:PutEvents", it))),
                "a policy without such a statement"));
  }

  private static boolean namesRoles(Condition condition) {
    return condition.operator().equals("ArnNotEquals")
        && condition.key().equals("aws:principalarn")
        && !condition.values().isEmpty()
        && condition.values().stream().noneMatch(Wildcards::isOpen);
  }
}
