package payments.dr.configuration.encryption;

import payments.dr.configuration.settings.Setting;

/** How often customer-managed keys rotate, and how long a deleted one can be recovered. */
public record EncryptionSettings(
    @Setting(
            value = "Days between automatic key rotations",
            defaultValue = "365",
            min = 90,
            max = 2560)
        Integer rotationPeriodDays,
    @Setting(
            value = "Days a deleted key can still be recovered",
            defaultValue = "30",
            min = 7,
            max = 30)
        Integer deletionWindowDays) {}
