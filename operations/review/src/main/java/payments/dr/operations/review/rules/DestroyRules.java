package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;

import java.util.List;
import java.util.Optional;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.ResourceChange;

/** Destroys that the environment's file must allow one by one. */
final class DestroyRules {

  private static final String WAY_OUT =
      "find out why it goes: a changed construct id needs a moved block, an immutable attribute a"
          + " new resource beside the old one; if it really shall go, keep what is worth keeping and"
          + " name the address under approvedDestroys";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuseDestroy(
              "data-destroyed",
              "delete or replacement of something that holds data or keys",
              "the data is gone, or can no longer be decrypted; a replacement begins empty",
              WAY_OUT,
              "`aws_kms_key` replaced because its `multi_region` was changed",
              Check.each(
                  change ->
                      destroyed(
                          ResourceTypes.holdsData(change.type())
                              && GenerationRemoval.generation(change).isEmpty(),
                          change))),
          PlanRule.refuseDestroy(
              "instance-destroyed",
              "delete or replacement of a database instance",
              "a Region without its instances cannot take over, and a writer without a reader has"
                  + " nothing to fail over to",
              WAY_OUT,
              "`aws_rds_cluster_instance` deleted after `instances` went from 2 to 1",
              Check.each(change -> destroyed(change.is("aws_rds_cluster_instance"), change))),
          PlanRule.refuseDestroy(
              "password-destroyed",
              "delete of the value of a secret",
              "a program that reads the password finds none, and nobody else knows it",
              WAY_OUT,
              "`aws_secretsmanager_secret_version` deleted",
              Check.each(
                  change ->
                      found(
                          change.is("aws_secretsmanager_secret_version")
                              && change.action() == Action.DELETE,
                          () -> "is deleted"))),
          PlanRule.refuseDestroy(
              "pointer-destroyed",
              "delete or replacement of a parameter that applications read",
              "applications find the active database by it; without it they find none",
              WAY_OUT,
              "`aws_ssm_parameter` `/payments/prod/database` deleted",
              Check.each(change -> destroyed(change.is("aws_ssm_parameter"), change))),
          PlanRule.refuseDestroy(
              "unknown-destroyed",
              "delete or replacement of a resource whose type no rule knows",
              "it may hold data",
              "look at it; name the address under approvedDestroys, and teach the rules its type",
              "`aws_efs_file_system` deleted",
              Check.each(
                  change ->
                      destroyed(
                          !ResourceTypes.isKnown(change.type())
                              && GenerationRemoval.generation(change).isEmpty(),
                          change))));

  private DestroyRules() {}

  static Optional<String> destroyed(boolean concerned, ResourceChange change) {
    return found(
        concerned && change.destroys(),
        () -> change.action() == Action.REPLACE ? "is replaced" : "is deleted");
  }
}
