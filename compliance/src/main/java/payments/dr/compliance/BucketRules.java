package payments.dr.compliance;

import static payments.dr.compliance.References.pci;
import static payments.dr.compliance.Requirement.atLeast;
import static payments.dr.compliance.Requirement.faultIf;
import static payments.dr.compliance.Requirement.has;
import static payments.dr.compliance.Requirement.in;
import static payments.dr.compliance.Requirement.off;
import static payments.dr.compliance.Requirement.on;
import static payments.dr.compliance.Requirement.part;
import static payments.dr.compliance.Rule.types;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.compliance.policy.Condition;

/** Buckets, each with its parts. */
final class BucketRules {

  private static final List<String> BUCKET = types("aws_s3_bucket");

  static final List<Rule> ALL =
      List.of(
          new Rule(
              "bucket-accepts-plain-text",
              "buckets refuse plain text",
              BUCKET,
              Scope.ALWAYS,
              part("aws_s3_bucket_policy", "bucket", denies(Condition.PLAIN_TEXT)),
              pci("4.2.1").fsbp("S3.5").cis("2.1.1"),
              "S3 answers without TLS, too",
              "deny s3:* when aws:SecureTransport is false"),
          new Rule(
              "bucket-accepts-old-tls",
              "buckets refuse old TLS",
              BUCKET,
              Scope.ALWAYS,
              part("aws_s3_bucket_policy", "bucket", denies(Condition.OLD_TLS)),
              pci("4.2.1", "2.2.7").fsbp("S3.5"),
              "TLS before 1.2 is broken",
              "deny s3:* when s3:TlsVersion is less than 1.2"),
          new Rule(
              "bucket-public",
              "buckets are not public",
              BUCKET,
              Scope.ALWAYS,
              part(
                  "aws_s3_bucket_public_access_block",
                  "bucket",
                  on("block_public_acls")
                      .and(on("block_public_policy"))
                      .and(on("ignore_public_acls"))
                      .and(on("restrict_public_buckets"))),
              pci("1.3.1", "1.4.2").fsbp("S3.2", "S3.3", "S3.8").cis("2.1.4"),
              "one wrong policy or ACL would publish the bucket",
              "block public access in all four ways"),
          new Rule(
              "bucket-acls-enabled",
              "buckets know no ACLs",
              BUCKET,
              Scope.ALWAYS,
              part(
                  "aws_s3_bucket_ownership_controls",
                  "bucket",
                  in("rule.object_ownership", "BucketOwnerEnforced")),
              pci("7.2.1(k)").fsbp("S3.12"),
              "an ACL gives access that no policy shows",
              "enforce the owner"),
          new Rule(
              "bucket-not-encrypted",
              "buckets are encrypted with an own key",
              BUCKET,
              Scope.ALWAYS,
              encrypted(),
              pci("3.5.1").hub("S3.17"),
              "with a key of one's own, reading takes two permissions, and both are logged",
              "encrypt with aws:kms, a key and bucket_key_enabled"),
          new Rule(
              "bucket-not-versioned",
              "buckets keep old versions",
              BUCKET,
              Scope.ALWAYS,
              part(
                  "aws_s3_bucket_versioning",
                  "bucket",
                  in("versioning_configuration.status", "Enabled")),
              pci("10.3.4").hub("S3.14"),
              "what is overwritten or deleted would be gone",
              "enable versioning"),
          new Rule(
              "bucket-old-versions-never-expire",
              "old versions expire",
              BUCKET,
              Scope.ALWAYS,
              part(
                  "aws_s3_bucket_lifecycle_configuration",
                  "bucket",
                  in("rule.status", "Enabled")
                      .and(atLeast("rule.noncurrent_version_expiration.noncurrent_days", 1))),
              pci("3.2.1(k)").fsbp("S3.13"),
              "what nobody needs any more can still leak",
              "give noncurrent versions an expiry"),
          new Rule(
              "bucket-access-not-logged",
              "access to buckets is logged",
              BUCKET,
              Scope.ALWAYS,
              part(
                      "aws_s3_bucket_logging",
                      "bucket",
                      has("target_bucket").and(has("target_prefix")))
                  .only(
                      "of buckets that receive no logs",
                      (bucket, stack) -> !receivesLogs(bucket, stack)),
              pci("10.2.1").fsbp("S3.9").cis("3.4"),
              "nobody could tell who read it",
              "send access logs to the Region's log bucket"),
          new Rule(
              "bucket-force-destroy",
              "buckets with objects are not destroyed",
              BUCKET,
              Scope.KEPT_DATA,
              off("force_destroy"),
              pci("10.3.2"),
              "Terraform would empty the bucket, all versions included",
              "leave force_destroy false"),
          new Rule(
              "audit-export-not-locked",
              "exported rows of the audit trail are locked",
              BUCKET,
              Scope.ALWAYS,
              on("object_lock_enabled")
                  .and(
                      part(
                          "aws_s3_bucket_object_lock_configuration",
                          "bucket",
                          in("rule.default_retention.mode", "GOVERNANCE", "COMPLIANCE")
                              .and(atLeast("rule.default_retention.days", 365))))
                  .only(
                      "of buckets that a function has as AUDIT_BUCKET",
                      BucketRules::keepsAuditRows),
              pci("10.3.2", "10.3.4", "10.5.1").hub("S3.15"),
              "every writer of the ledger could rewrite what the controller did",
              "lock objects for 365 days or more by default"),
          new Rule(
              "state-versions-deletable",
              "versions of Terraform states cannot be deleted",
              BUCKET,
              Scope.KEPT_DATA,
              part("aws_s3_bucket_policy", "bucket", keepsVersions())
                  .only("of buckets that keep states", BucketRules::keepsState),
              pci("10.3.2", "10.3.4"),
              "a damaged state is mended from its last version",
              "deny s3:DeleteObjectVersion to everybody"),
          new Rule(
              "state-in-primary-region",
              "states lie outside the primary Region",
              BUCKET,
              Scope.ALWAYS,
              outsidePrimaryRegion(),
              pci("12.10.1(k)"),
              "without its state, the DR Region cannot be changed on the day that counts",
              "set state.region to the DR Region"));

  private BucketRules() {}

  /** Of the bucket itself and of what lies in it. */
  private static Requirement denies(Condition condition) {
    return new Requirement(
        "a policy that denies s3:* to everybody if " + condition + ", and under no other condition",
        (policy, stack) ->
            faultIf(
                stack
                    .policy(policy, "policy")
                    .denying()
                    .noneMatch(
                        statement ->
                            statement.denies("s3:*", condition)
                                && isWholeBucket(policy, stack, statement)),
                "a policy without such a statement"));
  }

  private static boolean isWholeBucket(
      Resource policy, Resources stack, PolicyText.Statement statement) {
    Set<String> resources = statement.meaning().resources();
    return stack
        .named(policy, "bucket")
        .filter(
            bucket ->
                Stream.of(
                        "${" + bucket.address() + ".arn}", "arn:aws:s3:::" + bucket.text("bucket"))
                    .anyMatch(arn -> resources.containsAll(List.of(arn, arn + "/*"))))
        .isPresent();
  }

  private static Requirement encrypted() {
    String type = "aws_s3_bucket_server_side_encryption_configuration";
    Requirement byKey =
        in("rule.apply_server_side_encryption_by_default.sse_algorithm", "aws:kms")
            .and(has("rule.apply_server_side_encryption_by_default.kms_master_key_id"))
            .and(on("rule.bucket_key_enabled"));
    Requirement byS3 = in("rule.apply_server_side_encryption_by_default.sse_algorithm", "AES256");
    return new Requirement(
        part(type, "bucket", byKey).allowed()
            + "; \"AES256\" for buckets that receive logs, and for the latch, which Route 53's"
            + " checkers read",
        (bucket, stack) -> {
          boolean exempt = receivesLogs(bucket, stack) || isLatch(bucket, stack);
          return part(type, "bucket", byKey)
              .check()
              .fault(bucket, stack)
              .filter(
                  fault ->
                      !exempt
                          || part(type, "bucket", byS3).check().fault(bucket, stack).isPresent());
        });
  }

  /** Load balancers and S3 write their access logs without a customer's key. */
  private static boolean receivesLogs(Resource bucket, Resources stack) {
    return Stream.of(
            stack.naming("aws_s3_bucket_logging", "target_bucket", bucket),
            stack.naming("aws_lb", "access_logs", bucket))
        .anyMatch(users -> users.findAny().isPresent());
  }

  static boolean isLatch(Resource bucket, Resources stack) {
    return stack.naming("aws_route53_health_check", "fqdn", bucket).findAny().isPresent();
  }

  /** The bucket of the stack's own state, or the replica of it. */
  private static boolean keepsState(Resource bucket, Resources stack) {
    return isStateBucket(bucket, stack)
        || stack
            .ofType("aws_s3_bucket_replication_configuration")
            .filter(it -> stack.named(it.at("rule")).contains(bucket))
            .flatMap(it -> stack.named(it, "bucket").stream())
            .anyMatch(source -> isStateBucket(source, stack));
  }

  /** Functions name it by text, and their own Region's. */
  static boolean keepsAuditRows(Resource bucket, Resources stack) {
    return stack
        .ofType("aws_lambda_function")
        .anyMatch(
            it -> it.text("environment.variables.AUDIT_BUCKET").equals(bucket.text("bucket")));
  }

  private static Requirement keepsVersions() {
    return new Requirement(
        "a policy that denies s3:DeleteObjectVersion to everybody, under no condition",
        (policy, stack) ->
            faultIf(
                !stack.policy(policy, "policy").denies("s3:DeleteObjectVersion"),
                "a policy without such a statement"));
  }

  private static Requirement outsidePrimaryRegion() {
    return new Requirement(
            "a state bucket in the DR Region",
            (bucket, stack) ->
                faultIf(
                    bucket.text("provider").equals("aws.primary"),
                    "one in " + stack.region(bucket)))
        .only("of the bucket that the stack's own state is in", BucketRules::isStateBucket);
  }

  private static boolean isStateBucket(Resource bucket, Resources stack) {
    return bucket.text("bucket").equals(stack.stateBucket().path("bucket").asText("none"));
  }
}
