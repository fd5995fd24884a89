package payments.dr.operations.review;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import payments.dr.configuration.environment.ApprovedDestroy;
import payments.dr.operations.review.rules.Objection;
import payments.dr.operations.review.rules.PlanRule;

/** Applies the leaves that an environment's file gives, and remembers which were of use. */
final class Approvals {

  private final List<ApprovedDestroy> given;
  private final LocalDate today;
  private final Set<String> used = new HashSet<>();

  Approvals(List<ApprovedDestroy> given, LocalDate today) {
    this.given = given;
    this.today = today;
  }

  /** Only a destroy can be allowed so, and only at exactly that address. */
  Finding judge(PlanRule rule, Objection objection) {
    Optional<ApprovedDestroy> leave =
        given.stream()
            .filter(approval -> rule.destroys())
            .filter(approval -> approval.address().equals(objection.address()))
            .findFirst();
    leave.ifPresent(approval -> used.add(approval.address()));
    return new Finding(
        rule, objection, leave.filter(approval -> !expired(approval)).map(ApprovedDestroy::reason));
  }

  /** What a reader of the environment's file should put right; to be asked at the end. */
  List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (ApprovedDestroy approval : given) {
      if (expired(approval)) {
        remarks.add(
            "approvedDestroys: the leave for `%s` ended on %s and does not count"
                .formatted(approval.address(), approval.expires()));
      } else if (!used.contains(approval.address())) {
        remarks.add(
            "approvedDestroys: nothing in this plan needs the leave for `%s`"
                .formatted(approval.address()));
      }
    }
    return remarks;
  }

  private boolean expired(ApprovedDestroy approval) {
    return today.isAfter(approval.lastDay());
  }
}
