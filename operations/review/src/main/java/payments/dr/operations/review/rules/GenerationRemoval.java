package payments.dr.operations.review.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.Action;
import payments.dr.operations.review.plan.Plan;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;
import payments.dr.operations.review.plan.Rollout;

/**
 * How a generation of the database may go: its protection is lifted in one apply, it is deleted in
 * another. Only what was applied counts; the plan's own words allow nothing.
 */
final class GenerationRemoval {

  private static final String CLUSTER = "aws_rds_cluster";

  private static final Set<String> SWITCHES =
      Set.of("deletion_protection", "deletion_protection_enabled", "enable_deletion_protection");

  /** All that may change of a generation that begins to retire. */
  private static final Set<String> LIFTED =
      Set.of(
          "deletion_protection",
          "deletion_protection_enabled",
          "final_snapshot_identifier",
          "skip_final_snapshot");

  /** What to call the things that hold data, in the order in which they are told. */
  private static final List<Named> NAMED =
      List.of(
          new Named("aws_rds_global_cluster", "global database", "global_cluster_identifier"),
          new Named(CLUSTER, "cluster", "cluster_identifier"),
          new Named("aws_rds_cluster_instance", "instance", "identifier"),
          new Named("aws_dynamodb_table", "table", "name"),
          new Named("aws_dynamodb_table_replica", "replica", "id"),
          new Named("aws_secretsmanager_secret", "secret", "name"));

  private GenerationRemoval() {}

  static Optional<String> generation(ResourceChange change) {
    return ResourceLocation.of(change.name()).generation();
  }

  /**
   * Whether a change deletes a part of a generation that may go: one that was retiring, or that a
   * removal left behind when it was interrupted.
   */
  static boolean isAllowed(Plan plan, ResourceChange change) {
    return leaving(plan, change).isPresent();
  }

  private static Optional<String> leaving(Plan plan, ResourceChange change) {
    return change.managed() && change.action() == Action.DELETE
        ? ResourceLocation.of(change.name()).generations().stream()
            .filter(it -> mayGo(plan, it))
            .findFirst()
        : Optional.empty();
  }

  private static boolean mayGo(Plan plan, String generation) {
    return plan.applied()
            .filter(it -> !it.active().equals(generation))
            .filter(it -> it.retiring().equals(Optional.of(generation)) || !it.deploys(generation))
            .isPresent()
        && plan.planned().stream().noneMatch(it -> it.deploys(generation));
  }

  /** Whether an attribute protects a generation that the plan names as retiring. */
  static boolean isLifted(Plan plan, ResourceChange change, String attribute) {
    return LIFTED.contains(attribute) && isRetiring(plan.planned(), generation(change));
  }

  /** Whether a change does nothing else than lifting the protection of what retires. */
  static boolean onlyLifts(Plan plan, ResourceChange change) {
    return change.action() == Action.UPDATE
        && change.changedAttributes().stream().allMatch(it -> isLifted(plan, change, it));
  }

  /** Whether a resource of the planned configuration belongs to what retires. */
  static boolean isRetiring(Plan plan, String name) {
    return isRetiring(plan.planned(), ResourceLocation.of(name).generation());
  }

  private static boolean isRetiring(Optional<Rollout> rollout, Optional<String> generation) {
    return generation.isPresent()
        && rollout
            .filter(it -> it.retiring().equals(generation))
            .filter(it -> !it.active().equals(generation.get()))
            .isPresent();
  }

  /** Why AWS, or whoever misses the data, will be against a removal that is allowed. */
  static Optional<String> unprepared(Subject subject, ResourceChange change) {
    JsonNode now = subject.plan().now(change);
    if (change.is("aws_rds_global_cluster") && writesInDr(subject, now)) {
      return Optional.of("is written in the DR Region, whose cluster has to leave it first");
    }
    return protection(now)
        .map(attribute -> attribute + " is still on")
        .or(
            () ->
                Values.found(
                    subject.protectData()
                        && change.is(CLUSTER)
                        && change.before("skip_final_snapshot").asBoolean(),
                    () -> "leaves no final snapshot"));
  }

  /** The attribute by which AWS refuses to delete a resource. */
  static Optional<String> protection(JsonNode now) {
    return SWITCHES.stream().filter(it -> now.path(it).asBoolean()).findFirst();
  }

  /** AWS lets the writer leave last; Terraform takes the cluster that was created second first. */
  private static boolean writesInDr(Subject subject, JsonNode global) {
    Set<String> inDr =
        subject.removed().stream()
            .filter(it -> it.is(CLUSTER) && ResourceLocation.of(it.name()).region().equals("dr"))
            .map(it -> it.before("arn").asText())
            .collect(Collectors.toSet());
    for (JsonNode member : global.path("global_cluster_members")) {
      if (member.path("is_writer").asBoolean()
          && inDr.contains(member.path("db_cluster_arn").asText())) {
        return true;
      }
    }
    return false;
  }

  /** What goes for good with each generation, by its name. */
  static Map<String, String> inventory(Plan plan, List<ResourceChange> removed) {
    Map<String, List<ResourceChange>> byGeneration =
        removed.stream()
            .collect(
                Collectors.groupingBy(
                    change -> leaving(plan, change).orElseThrow(),
                    TreeMap::new,
                    Collectors.toList()));
    Map<String, String> inventory = new TreeMap<>();
    byGeneration.forEach((generation, changes) -> inventory.put(generation, told(changes)));
    return inventory;
  }

  private static String told(List<ResourceChange> changes) {
    List<String> names =
        NAMED.stream()
            .flatMap(it -> changes.stream().filter(change -> change.is(it.type())).map(it::tell))
            .toList();
    return Stream.concat(
            names.stream(),
            Stream.of("%d other resources".formatted(changes.size() - names.size())))
        .collect(Collectors.joining(", "));
  }

  private record Named(String type, String kind, String attribute) {

    String tell(ResourceChange change) {
      String name = kind + " `" + change.before(attribute).asText() + "`";
      if (!type.equals(CLUSTER)) {
        return name;
      }
      JsonNode snapshot = change.before("final_snapshot_identifier");
      return change.before("skip_final_snapshot").asBoolean()
          ? name + " (no final snapshot)"
          : name + " (final snapshot `" + snapshot.asText() + "`)";
    }
  }
}
