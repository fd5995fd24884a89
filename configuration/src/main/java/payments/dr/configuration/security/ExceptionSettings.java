package payments.dr.configuration.security;

import java.time.LocalDate;
import payments.dr.compliance.Rules;
import payments.dr.compliance.Waiver;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Permits one resource to break one security rule until a day. */
public record ExceptionSettings(
    @Setting("Id of the rule, such as bucket-public; docs/reference/security-rules.md lists them")
        String rule,
    @Setting(
            value = "Address of the resource that breaks it",
            pattern = "aws_[a-z0-9_]+\\.[A-Za-z0-9_-]+",
            patternMeaning = "the address of a resource, such as aws_lb.dr_load-balancer_4FFDF891")
        String address,
    @Setting(
            value = "Why it is accepted, for its auditors",
            pattern = "(?s)\\S.{8,}\\S",
            patternMeaning = "a sentence of 10 characters or more")
        String reason,
    @Setting("Last day on which it counts, as in 2026-12-31; within a year") String expires) {

  public ExceptionSettings {
    ConfigurationErrors errors = new ConfigurationErrors().checkDay("expires", expires);
    if (Rules.byId(rule).isEmpty()) {
      errors.add("rule", "be one of " + String.join(", ", Rules.ids()), rule);
    }
    errors.throwIfAny();
  }

  Waiver waiver() {
    return new Waiver(rule, address, reason, LocalDate.parse(expires));
  }
}
