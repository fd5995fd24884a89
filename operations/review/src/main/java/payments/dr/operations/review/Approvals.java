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

/** Applies the approvals that an environment's file gives, and remembers which were of use. */
final class Approvals {

  private final List<Approval> given;
  private final LocalDate today;
  private final Set<Approval> used = new LinkedHashSet<>();

  /** For what nobody can allow. */
  private final Set<Approval> vain = new LinkedHashSet<>();

  Approvals(List<ApprovedDestroy> destroys, List<ApprovedChange> changes, LocalDate today) {
    this.given =
        Stream.concat(destroys.stream().map(Approval::of), changes.stream().map(Approval::of))
            .toList();
    this.today = today;
  }

  /**
   * Only what the rule lets anybody allow can be allowed, only at exactly that address, and nothing
   * of a generation of the database but an instance that goes.
   */
  Finding judge(PlanRule rule, Objection objection) {
    List<Approval> named =
        given.stream().filter(approval -> approval.names(rule, objection.address())).toList();
    List<Approval> approvals = isWithinReach(rule, objection) ? named : List.of();
    used.addAll(approvals);
    named.stream().filter(approval -> !approvals.contains(approval)).forEach(vain::add);
    return new Finding(
        rule,
        objection,
        approvals.stream()
            .filter(approval -> !expired(approval))
            .map(Approval::reason)
            .findFirst());
  }

  /** What a reader of the environment's file should put right; to be asked at the end. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (Approval approval : given) {
      if (expired(approval)) {
        remarks.add(
            "%s: the approval of %s ended on %s and does not count"
                .formatted(approval.key(), approval.what(), approval.lastDay()));
      } else if (vain.contains(approval)) {
        remarks.add("%s: %s cannot be approved here".formatted(approval.key(), approval.what()));
      } else if (!used.contains(approval)) {
        remarks.add(
            "%s: nothing in this plan needs the approval of %s"
                .formatted(approval.key(), approval.what()));
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
    return switch (rule.approval()) {
      case NONE -> false;
      // An instance holds no data, and a cluster may have one fewer.
      case DESTROY ->
          ResourceLocation.of(name).generations().isEmpty()
              || objection.change().filter(it -> it.is("aws_rds_cluster_instance")).isPresent();
      case CHANGE -> ResourceLocation.of(name).generations().isEmpty();
    };
  }

  private boolean expired(Approval approval) {
    return today.isAfter(approval.lastDay());
  }

  /**
   * One approval.
   *
   * @param rule that is allowed; empty for every rule about a destroy
   */
  private record Approval(Optional<String> rule, String address, String reason, LocalDate lastDay) {

    static Approval of(ApprovedDestroy destroy) {
      return new Approval(Optional.empty(), destroy.address(), destroy.reason(), destroy.lastDay());
    }

    static Approval of(ApprovedChange change) {
      return new Approval(
          Optional.of(change.rule()), change.address(), change.reason(), change.lastDay());
    }

    /** Whether it is meant for what a rule objects to; a destroy is named without its rule. */
    boolean names(PlanRule asked, String at) {
      return address.equals(at)
          && rule.map(asked.id()::equals).orElse(asked.approval() == PlanRule.Approval.DESTROY)
          && (rule.isEmpty() || asked.approval() != PlanRule.Approval.DESTROY);
    }

    String key() {
      return rule.isPresent() ? "approvedChanges" : "approvedDestroys";
    }

    String what() {
      return rule.map(it -> "`" + it + "` at ").orElse("") + "`" + address + "`";
    }
  }
}
