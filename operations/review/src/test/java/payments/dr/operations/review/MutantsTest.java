package payments.dr.operations.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import payments.dr.compliance.Resources;
import payments.dr.compliance.Rules;
import payments.dr.compliance.StackKind;
import payments.dr.testing.ProjectCopy;
import payments.dr.testing.mutants.Mutant;
import payments.dr.testing.mutants.Mutants;

/**
 * Faults that nobody thought of: whatever prod's stacks say is removed, emptied, halved,
 * multiplied, switched, widened or made another one. Each must break a rule at synthesis, be rated
 * by the review, or stand below; and the rules alone must find most of what weakens.
 *
 * <p>{@code -Dmutants} says how many are tried, a thousand by default; {@code -Dseed} says which.
 */
class MutantsTest {

  private static final Path GOLDEN = ProjectCopy.PROJECT.resolve("main/src/test/resources/golden");

  private static final List<String> STACKS =
      List.of("payments-dr-prod", "state-prod", "account-prod");

  private static final StackKind KEPT = new StackKind(true, false, Optional.empty());

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int SAMPLE = 1000;

  /** Of what weakens, per cent that rules find; some less, because samples differ. */
  private static final int FLOOR_OF_ALL = 62;

  private static final int FLOOR_OF_SAMPLE = 53;

  /**
   * More of something, the same in other words, or allowed by another statement, too; numbers of
   * list elements are left out.
   */
  private static final String PASSING =
      """
      aws_autoscaling_group.desired_capacity doubled
      aws_autoscaling_group.max_size doubled
      aws_autoscaling_group.min_size doubled
      aws_backup_plan.rule [].completion_window doubled
      aws_backup_plan.rule [].completion_window multiplied
      aws_backup_plan.rule [].copy_action[].lifecycle.delete_after doubled
      aws_backup_plan.rule [].copy_action[].lifecycle.delete_after multiplied
      aws_backup_plan.rule [].lifecycle.delete_after doubled
      aws_backup_plan.rule [].lifecycle.delete_after multiplied
      aws_backup_plan.rule [].start_window doubled
      aws_backup_plan.rule [].start_window multiplied
      aws_backup_vault_lock_configuration.max_retention_days doubled
      aws_backup_vault_lock_configuration.max_retention_days multiplied
      aws_cloudwatch_log_group.retention_in_days doubled
      aws_cloudwatch_log_group.retention_in_days multiplied
      aws_iam_role_policy.policy .Statement[].Action[] emptied
      aws_iam_role_policy.policy .Statement[].Action[] removed
      aws_kms_key.deletion_window_in_days doubled
      aws_kms_key.policy .Statement[].Action[] emptied
      aws_kms_key.policy .Statement[].Action[] removed
      aws_kms_key.rotation_period_in_days halved
      aws_kms_replica_key.deletion_window_in_days doubled
      aws_kms_replica_key.policy .Statement[].Action[] emptied
      aws_kms_replica_key.policy .Statement[].Action[] removed
      aws_rds_cluster.backup_retention_period doubled
      aws_rds_cluster.backup_retention_period multiplied
      aws_s3_bucket_lifecycle_configuration.rule [].abort_incomplete_multipart_upload.days_after_initiation doubled
      aws_s3_bucket_lifecycle_configuration.rule [].abort_incomplete_multipart_upload.days_after_initiation multiplied
      aws_s3_bucket_lifecycle_configuration.rule [].expiration.days doubled
      aws_s3_bucket_lifecycle_configuration.rule [].expiration.days multiplied
      aws_s3_bucket_lifecycle_configuration.rule [].noncurrent_version_expiration.noncurrent_days doubled
      aws_s3_bucket_lifecycle_configuration.rule [].noncurrent_version_expiration.noncurrent_days multiplied
      aws_s3_bucket_object_lock_configuration.rule .default_retention.days doubled
      aws_s3_bucket_object_lock_configuration.rule .default_retention.days multiplied
      aws_secretsmanager_secret.recovery_window_in_days doubled
      """;

  /**
   * What became of a mutant.
   *
   * @param broken whether it breaks a rule
   * @param rated whether the review asks for approval, or refuses
   */
  private record Fate(Mutant mutant, boolean broken, boolean rated, boolean weakens) {

    private String kind() {
      return mutant.kind().replaceAll("\\[\\d+]", "[]");
    }
  }

  @Test
  void nothing_passes_unseen_that_is_not_known_to_be_harmless() {
    long seed = Long.getLong("seed", new Random().nextInt(1_000_000));
    List<Mutant> mutants = new ArrayList<>(STACKS.stream().flatMap(MutantsTest::mutants).toList());
    Collections.shuffle(mutants, new Random(seed));
    Indifferent indifferent = new Indifferent();

    List<Fate> fates =
        mutants.stream()
            .limit(Integer.getInteger("mutants", SAMPLE))
            .map(mutant -> fate(mutant, indifferent))
            .toList();
    boolean all = fates.size() == mutants.size();
    int found = tell(fates, seed);

    Set<String> unseen =
        fates.stream()
            .filter(fate -> !fate.broken && !fate.rated)
            .map(Fate::kind)
            .collect(Collectors.toCollection(TreeSet::new));
    unseen.removeAll(PASSING.lines().toList());
    assertEquals(Set.of(), unseen, "seed " + seed);
    assertTrue(
        found >= (all ? FLOOR_OF_ALL : FLOOR_OF_SAMPLE), "found: " + found + " %, seed " + seed);
    if (all) {
      assertEquals(List.of(), indifferent.unused());
    }
  }

  /** Prints the score by type, and returns the per cent that rules find of what weakens. */
  private static int tell(List<Fate> fates, long seed) {
    Map<String, List<Fate>> byType =
        fates.stream()
            .filter(Fate::weakens)
            .collect(
                Collectors.groupingBy(it -> it.mutant.type(), TreeMap::new, Collectors.toList()));
    byType.forEach(
        (type, weakening) -> {
          Map<String, Long> survivors =
              weakening.stream()
                  .filter(fate -> !fate.broken)
                  .collect(Collectors.groupingBy(Fate::kind, TreeMap::new, Collectors.counting()));
          System.out.printf(
              "%s: rules find %d of %d that weaken%n",
              type, weakening.stream().filter(Fate::broken).count(), weakening.size());
          survivors.forEach((kind, count) -> System.out.printf("    %d x %s%n", count, kind));
        });
    long weakening = fates.stream().filter(Fate::weakens).count();
    long found = fates.stream().filter(fate -> fate.weakens && fate.broken).count();
    System.out.printf(
        "seed %d: %d mutants, %d break a rule, %d are rated by the review; of %d that weaken, rules"
            + " find %d (%d %%)%n",
        seed,
        fates.size(),
        fates.stream().filter(Fate::broken).count(),
        fates.stream().filter(Fate::rated).count(),
        weakening,
        found,
        100 * found / weakening);
    return (int) (100 * found / weakening);
  }

  private static Stream<Mutant> mutants(String stack) {
    try {
      return Mutants.of(JSON.readTree(GOLDEN.resolve(stack + ".json").toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fate fate(Mutant mutant, Indifferent indifferent) {
    boolean broken = !Rules.violations(Resources.of(mutant.changed()), KEPT).isEmpty();
    return new Fate(mutant, broken, review(mutant).exitCode() >= 2, !indifferent.covers(mutant));
  }

  private static Review review(Mutant mutant) {
    ObjectNode change = JSON.createObjectNode();
    change.putArray("actions").add(mutant.isDeletion() ? "delete" : "update");
    if (mutant.isDeletion()) {
      change.set("before", mutant.before());
      change.putNull("after");
    } else {
      change.putObject("before").set(mutant.attribute(), mutant.before().path(mutant.attribute()));
      change.putObject("after").set(mutant.attribute(), mutant.value());
    }
    return Review.of(
        new ReviewedStack("payments-dr-prod", false, List.of(), List.of(), Optional.empty()),
        TestPlan.ofProd().withChange(mutant.address(), change).read(),
        Optional.empty(),
        generation -> Optional.of("nobody was to ask"),
        LocalDate.of(2026, 11, 24));
  }
}
