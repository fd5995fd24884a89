package payments.dr.configuration.notification;

import java.util.List;
import java.util.Locale;
import payments.dr.configuration.settings.ConfigurationErrors;
import payments.dr.configuration.settings.Setting;

/** Who is told; AWS asks each address for its consent before it sends anything. */
public record NotificationSettings(
    @Setting(
            value = "E-mail addresses that get the alerts of both Regions",
            defaultValue = "[]",
            max = 20,
            pattern = "[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+",
            patternMeaning = "an e-mail address such as payments-oncall@example.com")
        List<String> emails) {

  public NotificationSettings {
    ConfigurationErrors errors = new ConfigurationErrors();
    long distinct = emails.stream().map(email -> email.toLowerCase(Locale.ROOT)).distinct().count();
    if (distinct < emails.size()) {
      errors.add("emails", "name each address once", emails);
    }
    errors.throwIfAny();
    emails = List.copyOf(emails);
  }
}
