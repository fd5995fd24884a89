package payments.dr.operations.review.rules;

import static payments.dr.operations.review.rules.Values.found;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import payments.dr.configuration.database.DatabaseGeneration;
import payments.dr.operations.review.plan.Rollout;

/** How generations of the database come, take over and go: one step at a time. */
final class GenerationRules {

  private static final String DATABASES = "databases";

  static final List<PlanRule> ALL =
      List.of(
          PlanRule.refuseAlways(
              "rollout-jump",
              "step between states of the databases that leaves one out",
              "what was left out is what keeps the data: a copy to go back to, a migration, a"
                  + " generation that gave up its protection first",
              "take one step at a time, each with a plan of its own: MIGRATION.md shows them",
              "`databases.active` from v1 to v2 in the plan that also removes v1",
              GenerationRules::jump),
          PlanRule.refuseAlways(
              "generation-destroyed",
              "delete or replacement of what holds the data of a database generation",
              "the data is gone; approvedDestroys allows this to nobody, because a generation goes"
                  + " as a whole and in two steps",
              "if it is to go: name it under databases.retiring and apply that, then take it out of"
                  + " databases.deployed; the active one never goes. If not: a changed construct id"
                  + " needs a moved block, an immutable attribute the next generation",
              "`aws_rds_cluster` of v1 deleted while the last applied state was both, on v2",
              Check.each(
                  change ->
                      DestroyRules.destroyed(
                          GenerationRemoval.generation(change).isPresent()
                              && (ResourceTypes.holdsData(change.type())
                                  || !ResourceTypes.isKnown(change.type())),
                          change))),
          PlanRule.refuseAlways(
              "removal-unprepared",
              "removal of a generation that still has its protection, keeps no snapshot, or is"
                  + " written in the DR Region",
              "AWS refuses to delete what is protected, and to take a writer out of a global"
                  + " database before its copy, after other parts are gone already; without a final"
                  + " snapshot nothing of a cluster is left",
              "go back to the retiring state and apply it completely; if the DR Region writes,"
                  + " switch over to the primary Region; then remove",
              "`aws_rds_cluster` deleted with `deletion_protection` still on",
              subject ->
                  subject.removed().stream()
                      .flatMap(
                          change ->
                              GenerationRemoval.unprepared(subject, change).stream()
                                  .map(found -> Objection.of(change, found)))),
          PlanRule.refuseAlways(
              "pointer-flipped",
              "pointer that leads to a generation without the data",
              "applications would read what is old or empty, and write beside the data",
              "`./dr migrate cutover` moves the data and applies such a plan itself; if the data is"
                  + " moved already, mend what keeps the ledger from saying so",
              "`aws_ssm_parameter` with `generation` from v1 to v2 before the migration",
              subject ->
                  Flip.in(subject.plan())
                      .flatMap(
                          flip ->
                              subject.data().objection(flip.to()).stream()
                                  .map(
                                      why ->
                                          Objection.of(
                                              flip.change(), moves(flip) + ", but " + why)))),
          PlanRule.approve(
              "pointer-moved",
              "pointer that follows the data to another generation",
              "all applications change their database within seconds",
              "apply it while somebody watches; `./dr migrate` says where the data is",
              "`aws_ssm_parameter` with `generation` from v1 to v2 during a cutover",
              subject ->
                  Flip.in(subject.plan())
                      .filter(flip -> subject.data().objection(flip.to()).isEmpty())
                      .map(flip -> Objection.of(flip.change(), moves(flip)))),
          PlanRule.approve(
              "generation-retiring",
              "protection that is lifted from a generation which is to be removed",
              "from now on one more plan, or one call by hand, deletes it",
              "make sure that nobody needs it to go back to, and that its backups can be restored",
              "`aws_rds_cluster` of v1 with `deletion_protection` from true to false, in the plan"
                  + " that makes v1 retiring",
              Check.eachOf(
                  (subject, change) ->
                      found(
                          GenerationRemoval.onlyLifts(subject.plan(), change),
                          () -> "changes " + String.join(", ", change.changedAttributes())))),
          PlanRule.approve(
              "generation-removed",
              "removal of a generation that was retiring",
              "it is gone for good; what is left are its final snapshots and recovery points",
              "compare each name with what you mean to delete",
              "v1 with everything in it, out of state retiring v1",
              subject ->
                  GenerationRemoval.inventory(subject.plan(), subject.removed()).entrySet().stream()
                      .map(
                          it ->
                              Objection.at(
                                  "database-" + it.getKey(), "goes for good: " + it.getValue()))));

  private GenerationRules() {}

  private static Stream<Objection> jump(Subject subject) {
    Optional<Rollout> applied = subject.plan().applied();
    Optional<Rollout> planned = subject.plan().planned();
    if (applied.isEmpty() || planned.isEmpty() || applied.equals(planned)) {
      return Stream.empty();
    }
    TreeSet<String> known = new TreeSet<>(planned.get().deployed());
    Arrays.stream(DatabaseGeneration.values()).map(DatabaseGeneration::id).forEach(known::add);
    List<Rollout> allowed = applied.get().next(known);
    return allowed.contains(planned.get())
        ? Stream.empty()
        : Stream.of(
            Objection.at(
                DATABASES,
                "must go from \"%s\" to %s, got \"%s\""
                    .formatted(
                        applied.get().state(),
                        allowed.stream()
                            .map(it -> "\"" + it.state() + "\"")
                            .collect(Collectors.joining(" or ")),
                        planned.get().state())));
  }

  private static String moves(Flip flip) {
    return "leads from " + flip.from() + " to " + flip.to();
  }
}
