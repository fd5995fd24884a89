package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.first;
import static payments.dr.operations.review.rules.Values.found;
import static payments.dr.operations.review.rules.Values.isEmpty;
import static payments.dr.operations.review.rules.Values.lowered;
import static payments.dr.operations.review.rules.Values.turnedOff;
import static payments.dr.operations.review.rules.Values.turnedOn;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.terraform.SynthesizedStack;

/** Rules about what protects data from destruction, by this plan or by a later one. */
final class ProtectionRules {

  private static final Set<String> WATCHERS =
      Set.of(
          "aws_cloudtrail",
          "aws_config_configuration_recorder",
          "aws_config_configuration_recorder_status",
          "aws_guardduty_detector",
          "aws_securityhub_account");

  private static final String KEEP =
      "leave it as it is; before an environment is removed on purpose, say so in its file"
          + " (protectData) and have this plan read by a second person";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuse(
              "deletion-protection-lifted",
              "deletion protection that is switched off",
              "nothing stops the next delete any more, by Terraform or by hand",
              KEEP,
              "`aws_rds_cluster` with `deletion_protection` from true to false",
              Check.eachOf(
                  (subject, change) ->
                      first(
                          unlessRetiring(subject, change, "deletion_protection", Values::turnedOff),
                          unlessRetiring(
                              subject, change, "deletion_protection_enabled", Values::turnedOff),
                          turnedOff(change, "/enable_deletion_protection")))),
          PlanRule.refuse(
              "prevent-destroy-missing",
              "resource that holds data without `prevent_destroy`, in an environment that protects"
                  + " data",
              "Terraform would destroy it without a question once it is dropped or replaced",
              "put prevent_destroy back; an environment whose data may go says protectData: false",
              "`aws_kms_key` whose `lifecycle` lacks `prevent_destroy`",
              ProtectionRules::unguarded),
          PlanRule.refuse(
              "destroy-eased",
              "destroy that will leave nothing behind",
              "a bucket is emptied, a vault loses its recovery points, or a cluster goes without a"
                  + " final snapshot",
              KEEP,
              "`aws_s3_bucket` with `force_destroy` from false to true",
              Check.eachOf(
                  (subject, change) ->
                      first(
                          turnedOn(change, "/force_destroy"),
                          unlessRetiring(subject, change, "skip_final_snapshot", Values::turnedOn),
                          turnedOn(change, "/delete_automated_backups")))),
          PlanRule.refuse(
              "versioning-suspended",
              "bucket that keeps old versions no longer",
              "what is overwritten or deleted from now on is gone, and replication stops",
              "leave versioning enabled; let a lifecycle rule expire old versions",
              "`aws_s3_bucket_versioning` with `status` from Enabled to Suspended",
              Check.each(
                  change -> {
                    String status = "/versioning_configuration/0/status";
                    return found(
                        change.is("aws_s3_bucket_versioning")
                            && change.before().at(status).asText().equals("Enabled")
                            && (change.action() == Action.DELETE
                                || !change.after().at(status).asText().equals("Enabled")),
                        () -> "versioning is suspended");
                  })),
          PlanRule.refuse(
              "retention-too-short",
              "backup, archive or old versions that are kept for less than 7 days from now on",
              "what is older is lost at once, and a mistake of a long weekend is found too late",
              KEEP,
              "`aws_rds_cluster` with `backup_retention_period` from 14 to 1",
              Check.each(
                  change -> Lowered.in(change).filter(Lowered::isTooShort).map(Lowered::found))),
          PlanRule.approve(
              "retention-lowered",
              "backup, archive or time to take back a deletion that gets shorter, to 7 days or more",
              "what is older than the new value can be lost at once",
              "make sure that nobody needs what is older, and that no promise was made about it",
              "`aws_backup_plan` whose daily rule keeps 14 days instead of 30",
              Check.each(
                  change -> Lowered.in(change).filter(it -> !it.isTooShort()).map(Lowered::found))),
          PlanRule.refuse(
              "expiry-changed",
              "table whose rows expire by another attribute, or begin to expire",
              "DynamoDB deletes what the attribute calls old, also rows that are needed",
              "write the new attribute beside the old one first",
              "`aws_dynamodb_table` with `ttl.attribute_name` from expiresAt to createdAt",
              Check.each(
                  change ->
                      found(
                          change.is("aws_dynamodb_table")
                              && change.alters()
                              && change.after().at("/ttl/0/enabled").asBoolean()
                              && !change.before().at("/ttl/0").equals(change.after().at("/ttl/0")),
                          () -> "rows expire by another attribute"))),
          PlanRule.refuseAlways(
              "point-in-time-recovery-off",
              "table without point-in-time recovery",
              "the continuous backup and its 35 days are deleted at once; for a replica a change"
                  + " can mean a new, empty one",
              "leave point-in-time recovery on, in both Regions",
              "`aws_dynamodb_table` with `point_in_time_recovery.enabled` from true to false",
              Check.each(
                  change ->
                      change.type().startsWith("aws_dynamodb_")
                          ? first(
                              turnedOff(change, "/point_in_time_recovery/0/enabled"),
                              turnedOff(change, "/point_in_time_recovery"))
                          : Optional.empty())),
          PlanRule.refuse(
              "vault-lock-weakened",
              "vault whose recovery points can be deleted earlier",
              "the lock is what stands between an intruder and the last copy",
              "keep the lock; before a longer minimum, let all backup rules keep as long, or their"
                  + " backups fail",
              "`aws_backup_vault_lock_configuration` deleted",
              Check.each(
                  change ->
                      change.is("aws_backup_vault_lock_configuration")
                          ? first(
                              DestroyRules.destroyed(true, change),
                              lowered(change, "/min_retention_days"),
                              lowered(change, "/changeable_for_days"))
                          : Optional.empty())),
          PlanRule.refuse(
              "object-lock-weakened",
              "bucket whose new objects can be deleted earlier, or by more people",
              "the audit trail is proof only while nobody can change it",
              "keep mode and days; a longer time is fine",
              "`aws_s3_bucket_object_lock_configuration` with `days` from 400 to 365",
              Check.each(
                  change ->
                      change.is("aws_s3_bucket_object_lock_configuration")
                          ? first(
                              DestroyRules.destroyed(true, change),
                              lowered(change, "/rule/0/default_retention/0/days"),
                              noLongerForGood(change))
                          : Optional.empty())),
          PlanRule.refuse(
              "key-weakened",
              "key that is disabled or rotates no longer",
              "nothing can be read or written under a disabled key; without rotation one leak"
                  + " opens everything",
              "leave keys enabled and rotating",
              "`aws_kms_key` with `enable_key_rotation` from true to false",
              Check.each(
                  change ->
                      change.type().startsWith("aws_kms_")
                          ? first(
                              turnedOff(change, "/enable_key_rotation"),
                              turnedOff(change, "/is_enabled"),
                              turnedOff(change, "/enabled"))
                          : Optional.empty())),
          PlanRule.refuse(
              "sign-in-off",
              "database in which nobody can sign in by IAM any more",
              "applications have no other way in: each new connection is refused",
              "leave iam_database_authentication_enabled on",
              "`aws_rds_cluster` with `iam_database_authentication_enabled` from true to false",
              Check.each(change -> turnedOff(change, "/iam_database_authentication_enabled"))),
          PlanRule.refuse(
              "watching-off",
              "record of what was done, or search for intruders, that ends",
              "nobody can tell afterwards what happened",
              "leave trail, recorder, GuardDuty and Security Hub on",
              "`aws_cloudtrail` with `enable_logging` from true to false",
              Check.each(ProtectionRules::watchingEnds)),
          PlanRule.refuse(
              "encryption-off",
              "encryption at rest that is switched off, or falls back to a key of AWS's",
              "everybody who gets at the storage, or has the service's permission, reads the data",
              "keep the customer-managed key",
              "`aws_sns_topic` without its `kms_master_key_id`",
              Check.each(Encryption::switchedOff)),
          PlanRule.refuse(
              "tls-off",
              "connection that is no longer encrypted, or by an older protocol",
              "card data and passwords travel in plain text",
              "keep HTTPS, the TLS policy and rds.force_ssl",
              "`aws_lb_listener` with `protocol` from HTTPS to HTTP",
              Check.each(Encryption::tlsWeakened)));

  private ProtectionRules() {}

  private static Optional<String> watchingEnds(ResourceChange change) {
    return change.is(WATCHERS)
        ? first(
            found(change.action() == Action.DELETE, () -> "is deleted"),
            turnedOff(change, "/enable_logging"),
            turnedOff(change, "/enable"),
            turnedOff(change, "/is_enabled"))
        : Optional.empty();
  }

  private static Optional<String> noLongerForGood(ResourceChange change) {
    String mode = "/rule/0/default_retention/0/mode";
    return found(
        change.alters()
            && change.before().at(mode).asText().equals("COMPLIANCE")
            && !change.after().at(mode).asText().equals("COMPLIANCE"),
        () -> "mode is no longer COMPLIANCE");
  }

  /** A generation that is to be removed has to give up its protection first. */
  private static Optional<String> unlessRetiring(
      Subject subject,
      ResourceChange change,
      String attribute,
      BiFunction<ResourceChange, String, Optional<String>> look) {
    return GenerationRemoval.isLifted(subject.plan(), change, attribute)
        ? Optional.empty()
        : look.apply(change, "/" + attribute);
  }

  private static Stream<Objection> unguarded(Subject subject) {
    if (!subject.protectData() || subject.stack().isEmpty()) {
      return Stream.empty();
    }
    SynthesizedStack stack = subject.stack().get();
    Stream<Objection> unguarded =
        ResourceTypes.GUARDED.stream()
            .sorted()
            .flatMap(
                type ->
                    stack
                        .resources(type)
                        .filter(it -> !it.getValue().at("/lifecycle/prevent_destroy").asBoolean())
                        .filter(it -> !GenerationRemoval.isRetiring(subject.plan(), it.getKey()))
                        .map(it -> at(subject, type, it.getKey(), "has no prevent_destroy")));
    Stream<Objection> emptied =
        stack
            .resources(ResourceTypes.BUCKET)
            .filter(it -> it.getValue().path("force_destroy").asBoolean())
            .map(it -> at(subject, ResourceTypes.BUCKET, it.getKey(), "has force_destroy"));
    return Stream.concat(unguarded, emptied);
  }

  private static Objection at(Subject subject, String type, String name, String found) {
    String address = type + "." + name;
    Optional<ResourceChange> change =
        subject.plan().changes().stream().filter(it -> it.address().equals(address)).findFirst();
    return new Objection(address, change, found);
  }

  /** Whether the value is there before and not afterwards. */
  static boolean removed(ResourceChange change, String pointer) {
    return change.alters()
        && !isEmpty(change.before().at(pointer))
        && isEmpty(change.after().at(pointer))
        && !Values.isUnknown(change, pointer);
  }
}
