package payments.dr.operations.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import payments.dr.configuration.environment.ApprovedChange;
import payments.dr.configuration.environment.ApprovedDestroy;
import payments.dr.operations.review.plan.ResourceChange;
import payments.dr.operations.review.plan.ResourceLocation;
import payments.dr.operations.review.rules.Objection;
import payments.dr.operations.review.rules.PlanRule;

/** Applies the leaves that an environment's file gives, and remembers which were of use. */
final class Approvals {

  private final List<Leave> given;
  private final LocalDate today;
  private final Set<Leave> used = new LinkedHashSet<>();

  /** For what nobody can allow. */
  private final Set<Leave> vain = new LinkedHashSet<>();

  Approvals(List<ApprovedDestroy> destroys, List<ApprovedChange> changes, LocalDate today) {
    this.given =
        Stream.concat(destroys.stream().map(Leave::of), changes.stream().map(Leave::of)).toList();
    this.today = today;
  }

  /**
   * Only what the rule lets anybody allow can be allowed, only at exactly that address, and nothing
   * of a generation of the database but an instance that goes.
   */
  Finding judge(PlanRule rule, Objection objection) {
    List<Leave> named =
        given.stream().filter(leave -> leave.names(rule, objection.address())).toList();
    List<Leave> leaves = isWithinReach(rule, objection) ? named : List.of();
    used.addAll(leaves);
    named.stream().filter(leave -> !leaves.contains(leave)).forEach(vain::add);
    return new Finding(
        rule,
        objection,
        leaves.stream().filter(leave -> !expired(leave)).map(Leave::reason).findFirst());
  }

  /** What a reader of the environment's file should put right; to be asked at the end. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (Leave leave : given) {
      if (expired(leave)) {
        remarks.add(
            "%s: the leave for %s ended on %s and does not count"
                .formatted(leave.key(), leave.what(), leave.lastDay()));
      } else if (vain.contains(leave)) {
        remarks.add("%s: nobody can give the leave for %s".formatted(leave.key(), leave.what()));
      } else if (!used.contains(leave)) {
        remarks.add(
            "%s: nothing in this plan needs the leave for %s".formatted(leave.key(), leave.what()));
      }
    }
    return remarks;
  }

  private static boolean isWithinReach(PlanRule rule, Objection objection) {
    String name =
        objection
            .change()
            .map(ResourceChange::name)
            .orElse(objection.address().substring(objection.address().indexOf('.') + 1));
    return switch (rule.leave()) {
      case NONE -> false;
      // An instance holds no data, and a cluster may have one fewer.
      case DESTROY ->
          ResourceLocation.of(name).generations().isEmpty()
              || objection.change().filter(it -> it.is("aws_rds_cluster_instance")).isPresent();
      case CHANGE -> ResourceLocation.of(name).generations().isEmpty();
    };
  }

  private boolean expired(Leave leave) {
    return today.isAfter(leave.lastDay());
  }

  /**
   * One leave.
   *
   * @param rule that is allowed; empty for every rule about a destroy
   */
  private record Leave(Optional<String> rule, String address, String reason, LocalDate lastDay) {

    static Leave of(ApprovedDestroy destroy) {
      return new Leave(Optional.empty(), destroy.address(), destroy.reason(), destroy.lastDay());
    }

    static Leave of(ApprovedChange change) {
      return new Leave(
          Optional.of(change.rule()), change.address(), change.reason(), change.lastDay());
    }

    /** Whether it is meant for what a rule objects to; a destroy is named without its rule. */
    boolean names(PlanRule asked, String at) {
      return address.equals(at)
          && rule.map(asked.id()::equals).orElse(asked.leave() == PlanRule.Leave.DESTROY)
          && (rule.isEmpty() || asked.leave() != PlanRule.Leave.DESTROY);
    }

    String key() {
      return rule.isPresent() ? "approvedChanges" : "approvedDestroys";
    }

    String what() {
      return rule.map(it -> "`" + it + "` at ").orElse("") + "`" + address + "`";
    }
  }
}
