package payments.dr.configuration.environment;

import java.time.LocalDate;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Permits a plan to delete or replace one resource that holds data; the review demands it. */
public record ApprovedDestroy(
    @Setting(
            value = "Address as the plan has it",
            pattern = "aws_[a-z0-9_]+\\.[A-Za-z0-9_-]+",
            patternMeaning =
                "the address of a resource, such as aws_kms_key.dr_encryption_data_1A2B3C4D")
        String address,
    @Setting(
            value = "Why it may go, as reviewers of the plan read it",
            pattern = "(?s)\\S.{8,}\\S",
            patternMeaning = "a sentence of 10 characters or more")
        String reason,
    @Setting("Last day of the approval, as in 2026-12-31") String expires) {

  public ApprovedDestroy {
    new ConfigurationErrors().checkDay("expires", expires).throwIfAny();
  }

  public LocalDate lastDay() {
    return LocalDate.parse(expires);
  }
}
