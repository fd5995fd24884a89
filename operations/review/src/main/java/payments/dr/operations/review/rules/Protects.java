package payments.dr.operations.review.rules;

import java.util.Optional;

/**
 * What a resource is there for, and so what a change of it puts at risk. A change that no other
 * rule speaks of, and that is not known to be harmless, needs approval for this reason.
 */
enum Protects {
  DATA(
      "data-changed",
      "change of what holds data, keys or their protection",
      "data can be lost, kept for a shorter time, or become unreadable",
      "`aws_s3_bucket_lifecycle_configuration` with another transition"),
  RECOVERY(
      "recovery-changed",
      "change of what makes copies, decides about a failover, or says where the data is",
      "a lost Region is then noticed late, not taken over, or without the newest data",
      "`aws_scheduler_schedule` that wakes the controller once a day"),
  TRAFFIC(
      "traffic-changed",
      "change on the way of customers' requests",
      "requests can fail, or go where nobody answers",
      "`aws_route53_record` with `ttl` from 20 to 60"),
  WATCHING(
      "watching-changed",
      "change of what watches, and of what tells people",
      "what goes wrong is then seen late, or by nobody",
      "`aws_cloudwatch_metric_alarm` with `threshold` from 30000 to 600000"),
  ACCESS(
      "access-changed",
      "change of who may do what, and from where",
      "somebody can do more than they should, or a program can do its work no longer",
      "`aws_iam_role_policy` created"),
  UNKNOWN(
      "unknown-changed",
      "change of a resource whose type no rule knows",
      "nobody has said yet what it can do",
      "`aws_efs_file_system` created");

  private final String rule;
  private final String what;
  private final String why;
  private final String example;

  Protects(String rule, String what, String why, String example) {
    this.rule = rule;
    this.what = what;
    this.why = why;
    this.example = example;
  }

  /** Returns the rule that asks a person about whatever else changes. */
  PlanRule rule() {
    return PlanRule.approve(
        rule,
        what,
        why,
        "compare the values before and after with what you mean to change",
        example,
        Check.eachOf(
            (subject, change) ->
                ResourceTypes.protects(change.type()) == this
                    ? Harmless.exceptFor(subject, change)
                    : Optional.empty()));
  }
}
