package payments.dr.configuration.baseline;

import payments.dr.configuration.settings.Setting;

/** Whether the account is watched by us, and for how long what was seen is kept. */
public record BaselineSettings(
    @Setting(
            value =
                "Whether trail, configuration history, threat detection and security standards of the"
                    + " account are made here; false where a landing zone makes them",
            defaultValue = "false")
        Boolean enabled,
    @Setting(
            value = "Days that the trail and the configuration history are kept",
            defaultValue = "400",
            min = 365,
            max = 3650)
        Integer auditRetentionDays) {}
