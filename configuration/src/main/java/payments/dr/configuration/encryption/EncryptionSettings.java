package payments.dr.configuration.encryption;

import java.util.Objects;
import payments.dr.configuration.settings.Faults;
import payments.dr.configuration.settings.Setting;

/** How customer-managed keys live and die. */
public record EncryptionSettings(
    @Setting(value = "Days between automatic key rotations", min = 90, max = 2560)
        Integer rotationPeriodDays,
    @Setting(value = "Days a deleted key can still be recovered", min = 7, max = 30)
        Integer deletionWindowDays) {

  public EncryptionSettings {
    rotationPeriodDays = Objects.requireNonNullElse(rotationPeriodDays, 365);
    deletionWindowDays = Objects.requireNonNullElse(deletionWindowDays, 30);
    Faults.of(EncryptionSettings.class, rotationPeriodDays, deletionWindowDays).throwIfAny();
  }
}
