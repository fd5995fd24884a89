package payments.dr.modules.policy;

import java.time.LocalDate;
import payments.dr.modules.settings.Faults;
import payments.dr.modules.settings.Setting;

/** Leave to break one rule with one resource, for a while. */
public record Waiver(
    @Setting("Id of the rule, such as S1a; SECURITY.md lists them") String rule,
    @Setting(
            value = "Address of the resource that breaks it",
            pattern = "aws_[a-z0-9_]+\\.[A-Za-z0-9_-]+",
            patternMeaning = "the address of a resource, such as aws_lb.dr_load-balancer_4FFDF891")
        String address,
    @Setting(
            value = "Why it is accepted, for whoever audits it",
            pattern = "(?s)\\S.{8,}\\S",
            patternMeaning = "a sentence of 10 characters or more")
        String reason,
    @Setting("Last day on which it counts, as in 2026-12-31; within a year") String expires) {

  public Waiver {
    Faults faults =
        Faults.of(Waiver.class, rule, address, reason, expires).checkDay("expires", expires);
    if (rule != null && Rules.byId(rule).isEmpty()) {
      faults.add("rule", "be one of " + String.join(", ", Rules.ids()), rule);
    }
    faults.throwIfAny();
  }

  boolean isOf(Violation violation) {
    return rule.equals(violation.rule().id()) && address.equals(violation.address());
  }

  public LocalDate lastDay() {
    return LocalDate.parse(expires);
  }
}
