package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.first;
import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.isEmpty;
import static payments.dr.operations.review.rules.Values.turnedOff;
import static payments.dr.operations.review.rules.Values.turnedOn;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Rules about changes that let in somebody who was kept out. */
final class ExposureRules {

  private static final Set<String> USERS =
      Set.of(
          "aws_iam_access_key",
          "aws_iam_service_specific_credential",
          "aws_iam_user",
          "aws_iam_user_login_profile");

  private static final Set<String> SHARES =
      Set.of(
          "aws_ami_launch_permission",
          "aws_ram_principal_association",
          "aws_snapshot_create_volume_permission");

  private static final Pattern ADMINISTRATOR =
      Pattern.compile(".*(AdministratorAccess|PowerUserAccess|FullAccess)");

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
              Check.each(ExposureRules::administrator)),
          PlanRule.refuse(
              "long-lived-credential",
              "user of IAM, or a key or password of one",
              "it works for anybody who finds it, for years; roles and single sign-on need none",
              "use a role, which people and programs assume when they need it",
              "`aws_iam_access_key` created",
              Check.each(
                  change ->
                      found(
                          change.is(USERS) && change.writes(),
                          () -> "a user, or a credential of one, is made"))),
          PlanRule.refuse(
              "shared-outside",
              "snapshot, image or other resource that is shared with another account",
              "its new owner has a copy of the data that nobody here can take back",
              "keep it; copy to a vault of the other account if it needs a backup",
              "`aws_db_cluster_snapshot` with `shared_accounts`",
              Check.each(ExposureRules::shared)),
          PlanRule.refuse(
              "subnet-public",
              "route of a private subnet that leads straight to the internet",
              "machines that only spoke out are then reached from outside",
              "keep the NAT gateway",
              "`aws_route` with `gateway_id` in place of `nat_gateway_id`",
              Check.each(
                  change ->
                      found(
                          change.is("aws_route")
                              && change.alters()
                              && !isEmpty(change.after("gateway_id"))
                              && isEmpty(change.before("gateway_id")),
                          () -> "leads to an internet gateway"))),
          PlanRule.refuse(
              "administrators-lost",
              "key whose policy takes its administrators away",
              "only AWS Support can then change the key again; without it nothing can be mended",
              "keep the statement that lets the account administer the key",
              "`aws_kms_key` whose policy allows `kms:PutKeyPolicy` to nobody",
              PolicyRules::administrators),
          PlanRule.refuse(
              "principal-widened",
              "policy that newly allows somebody",
              "a permission to use a key, assume a role or read a secret needs nothing else",
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
              PolicyRules::denials),
          PlanRule.approve(
              "permission-gained",
              "policy that allows somebody more than before",
              "an attacker who takes over that program can do it, too",
              "make sure that the program needs it",
              "`aws_iam_role_policy` of the fleet that newly allows `s3:PutObject` on one bucket",
              PolicyRules::gains),
          PlanRule.approve(
              "permission-lost",
              "policy that allows somebody less than before",
              "a program that needs it stops where it did its work before",
              "make sure that nothing needs it any more",
              "`aws_iam_role_policy` of the controller without `rds:FailoverGlobalCluster`",
              PolicyRules::losses));

  private ExposureRules() {}

  private static Optional<String> administrator(ResourceChange change) {
    if (!change.writes() || !change.type().startsWith("aws_iam_")) {
      return Optional.empty();
    }
    List<String> attached = texts(change.after("policy_arn"));
    attached.addAll(texts(change.after("managed_policy_arns")));
    attached.removeAll(texts(change.before("policy_arn")));
    attached.removeAll(texts(change.before("managed_policy_arns")));
    return attached.stream()
        .filter(arn -> ADMINISTRATOR.matcher(arn).matches())
        .findFirst()
        .map(arn -> "a policy that allows everything is attached");
  }

  private static Optional<String> shared(ResourceChange change) {
    if (!change.writes()) {
      return Optional.empty();
    }
    if (change.is(SHARES)) {
      return Optional.of("something is shared with another account");
    }
    List<String> accounts = texts(change.after("shared_accounts"));
    accounts.removeAll(texts(change.before("shared_accounts")));
    return found(!accounts.isEmpty(), () -> "is shared with " + accounts);
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isTextual()) {
      texts.add(value.textValue());
    }
    value.forEach(element -> texts.add(element.asText()));
    return texts;
  }

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
