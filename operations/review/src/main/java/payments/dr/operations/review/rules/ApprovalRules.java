package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;

/** Rules about changes that are right at times, which a person has to confirm. */
final class ApprovalRules {

  /** A change of these restarts databases or moves them to other machines. */
  private static final Set<String> RESTARTING =
      Set.of(
          "apply_immediately",
          "ca_cert_identifier",
          "db_cluster_parameter_group_name",
          "db_parameter_group_name",
          "engine",
          "engine_version",
          "instance_class",
          "parameter",
          "port",
          "storage_type");

  /** A change of these makes Auto Scaling launch other machines. */
  private static final Set<String> ROLLING =
      Set.of("image_id", "instance_type", "latest_version", "user_data", "launch_template");

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.approve(
              "both-regions",
              "one capability changed in both Regions by one plan",
              "what goes wrong goes wrong in both, and there is no Region left to fail over to",
              "apply to the DR Region first (-target, or two plans), watch it, then to the primary",
              "`aws_launch_template` of both fleets updated",
              ApprovalRules::bothRegions),
          PlanRule.approve(
              "database-restarted",
              "database setting whose change restarts or moves instances",
              "connections break and commits wait, for seconds to minutes",
              "agree on a window; change the DR Region first",
              "`aws_rds_cluster_instance` with another `instance_class`",
              Check.each(
                  change ->
                      found(
                          change.type().startsWith("aws_rds_")
                              && change.alters()
                              && !touched(change, RESTARTING).isEmpty(),
                          () -> "changes " + String.join(", ", touched(change, RESTARTING))))),
          PlanRule.approve(
              "fleet-rolled",
              "change that replaces the machines of a fleet",
              "a bad image or start script takes all machines out one after the other",
              "one Region at a time, DR first, with an eye on the 5xx alarm",
              "`aws_launch_template` with another `image_id`",
              Check.each(
                  change ->
                      found(
                          (change.is("aws_launch_template") || change.is("aws_autoscaling_group"))
                              && change.alters()
                              && !touched(change, ROLLING).isEmpty(),
                          () -> "changes " + String.join(", ", touched(change, ROLLING))))),
          PlanRule.approve(
              "traffic-interrupted",
              "delete or replacement on the way of customers' requests",
              "requests fail until the new one serves; addresses can change",
              "make the new one beside the old, move traffic, then remove the old",
              "`aws_lb_target_group` replaced",
              Check.each(
                  change -> DestroyRules.destroyed(change.is(ResourceTypes.TRAFFIC), change))),
          PlanRule.approve(
              "drift-found",
              "change that somebody made behind Terraform's back, and that the plan undoes",
              "the plan undoes it, and somebody had a reason for it",
              "ask who changed it; bring it into the configuration, or approve that it is undone",
              "`aws_cloudwatch_log_group` that keeps 7 days, of which Terraform set 365",
              subject ->
                  subject.plan().answeredDrift().stream()
                      .filter(drift -> !subject.isRemoved(drift.change().address()))
                      .flatMap(drift -> Drift.told(drift).stream())),
          PlanRule.approve(
              "drift-left",
              "change that somebody made behind Terraform's back, and that stays",
              "the plan does not undo it: it is in values that the configuration does not set",
              "ask who changed it; undo it in AWS, or bring it into the configuration",
              "`aws_security_group` in which a rule was added by hand",
              Drift::left));

  private ApprovalRules() {}

  private static Stream<Objection> bothRegions(Subject subject) {
    List<ResourceChange> altered =
        subject.changes().stream()
            .filter(change -> change.managed() && (change.alters() || change.destroys()))
            .filter(change -> !Harmless.is(change))
            // No Region fails because it is watched less.
            .filter(change -> ResourceTypes.protects(change.type()) != Protects.WATCHING)
            // Both pointers lead to one generation, and a generation retires in both Regions.
            .filter(change -> Flip.of(subject.plan(), change).isEmpty())
            .filter(change -> !GenerationRemoval.onlyLifts(subject.plan(), change))
            .toList();
    return altered.stream()
        .map(change -> ResourceLocation.of(change.name()).capability())
        .filter(capability -> !capability.equals(ResourceLocation.UNKNOWN))
        .distinct()
        .sorted()
        .flatMap(capability -> both(capability, altered).stream());
  }

  private static Optional<Objection> both(String capability, List<ResourceChange> altered) {
    Set<String> regions =
        altered.stream()
            .map(change -> ResourceLocation.of(change.name()))
            .filter(place -> place.capability().equals(capability))
            .map(ResourceLocation::region)
            .collect(Collectors.toCollection(TreeSet::new));
    return regions.size() < 2
        ? Optional.empty()
        : Optional.of(Objection.at(capability, "is changed in both Regions"));
  }

  private static Set<String> touched(ResourceChange change, Set<String> attributes) {
    Set<String> touched = new TreeSet<>(change.changedAttributes());
    touched.retainAll(attributes);
    return touched;
  }
}
