package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.first;
import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.turnedOff;
import static payments.dr.operations.review.rules.Values.turnedOn;

import java.util.List;
import java.util.Optional;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Rules about changes that let in somebody who was kept out. */
final class ExposureRules {

  private static final String NARROW =
      "name the actions, resources and principals that are needed, and narrow them by a condition";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuse(
              "world-open",
              "security group that lets the whole internet in, other than a load balancer's ports"
                  + " 80 and 443",
              "everybody can knock at what is behind it",
              "allow the security group or address range that needs it",
              "`aws_vpc_security_group_ingress_rule` for port 6432 from `0.0.0.0/0`",
              Check.each(OpenIngress::find)),
          PlanRule.refuse(
              "public-access-unblocked",
              "bucket that may become public",
              "one wrong policy or object ACL is then enough to publish data",
              "keep all four blocks, and ACLs switched off",
              "`aws_s3_bucket_public_access_block` with `block_public_policy` from true to false",
              Check.each(ExposureRules::unblocked)),
          PlanRule.refuse(
              "database-public",
              "database instance with a public address",
              "the database then answers on the internet, with only its security group before it",
              "keep publicly_accessible off",
              "`aws_rds_cluster_instance` with `publicly_accessible` from false to true",
              Check.each(
                  change ->
                      found(
                          change.is("aws_rds_cluster_instance")
                              && change.writes()
                              && change.after("publicly_accessible").asBoolean(),
                          () -> "publicly_accessible is on"))),
          PlanRule.refuse(
              "metadata-token-optional",
              "instances that answer the metadata service's old version",
              "a request forged through the application can then steal the instance's role",
              "keep http_tokens: required",
              "`aws_launch_template` with `http_tokens` from required to optional",
              Check.each(
                  change -> {
                    String tokens = "/metadata_options/0/http_tokens";
                    return found(
                        change.is("aws_launch_template")
                            && change.alters()
                            && change.before().at(tokens).asText().equals("required")
                            && !change.after().at(tokens).asText().equals("required"),
                        () -> "http_tokens is no longer required");
                  })),
          PlanRule.refuse(
              "wildcard-permission",
              "statement that newly allows every action of a service, or every resource",
              "a role that can do everything is what an intruder looks for",
              NARROW,
              "`aws_iam_role_policy` with `\"Action\": \"s3:*\"`",
              PolicyRules::wildcards),
          PlanRule.refuse(
              "admin-policy-attached",
              "managed policy that allows everything, of AWS or of one service",
              "a role that can do everything is what an intruder looks for",
              NARROW,
              "`aws_iam_role_policy_attachment` of `AdministratorAccess`",
              Check.each(
                  change ->
                      found(
                          change.is("aws_iam_role_policy_attachment")
                              && change.writes()
                              && change
                                  .after("policy_arn")
                                  .asText()
                                  .matches(".*(AdministratorAccess|PowerUserAccess|FullAccess)"),
                          () -> "a policy that allows everything is attached"))),
          PlanRule.refuse(
              "principal-widened",
              "policy that newly allows somebody",
              "whoever is allowed to use a key, assume a role or read a secret needs nothing else",
              "take it back unless the principal is known to need it; then apply it as a change of"
                  + " its own that a second person has read",
              "`aws_kms_key` whose policy allows the root of another account",
              PolicyRules::principals),
          PlanRule.refuse(
              "public-policy",
              "statement that allows everybody without a condition",
              "any AWS account can use it",
              NARROW,
              "`aws_s3_bucket_policy` that allows principal `*` to `s3:GetObject`",
              PolicyRules::everybody),
          PlanRule.refuse(
              "deny-removed",
              "Deny statement that is removed or changed",
              "it is what keeps plain text out of buckets and recovery points from being deleted,"
                  + " even by administrators",
              "put the statement back",
              "`aws_backup_vault_policy` without its Deny of `backup:DeleteRecoveryPoint`",
              PolicyRules::denials));

  private ExposureRules() {}

  private static Optional<String> unblocked(ResourceChange change) {
    return switch (change.type()) {
      case "aws_s3_bucket_public_access_block" ->
          first(
              DestroyRules.destroyed(true, change),
              turnedOff(change, "/block_public_acls"),
              turnedOff(change, "/block_public_policy"),
              turnedOff(change, "/ignore_public_acls"),
              turnedOff(change, "/restrict_public_buckets"));
      case "aws_s3_bucket_ownership_controls" -> {
        String ownership = "/rule/0/object_ownership";
        yield found(
            change.before().at(ownership).asText().equals("BucketOwnerEnforced")
                && (change.action() == Action.DELETE
                    || !change.after().at(ownership).asText().equals("BucketOwnerEnforced")),
            () -> "object ACLs are switched on");
      }
      case "aws_subnet" -> turnedOn(change, "/map_public_ip_on_launch");
      default -> Optional.empty();
    };
  }
}
