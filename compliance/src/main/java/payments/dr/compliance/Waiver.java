package payments.dr.compliance;

import java.time.LocalDate;

/**
 * Leave to break one rule with one resource, for a while.
 *
 * @param rule its id
 * @param address of the resource that breaks it
 * @param reason why it is accepted, for whoever audits it
 * @param expires last day on which it counts
 */
public record Waiver(String rule, String address, String reason, LocalDate expires) {

  /**
   * @throws IllegalArgumentException when no rule has this id
   */
  public Waiver {
    if (Rules.byId(rule).isEmpty()) {
      throw new IllegalArgumentException(
          "rule must be one of " + String.join(", ", Rules.ids()) + ", got \"" + rule + "\"");
    }
  }

  boolean isOf(Violation violation) {
    return rule.equals(violation.rule().id()) && address.equals(violation.address());
  }
}
