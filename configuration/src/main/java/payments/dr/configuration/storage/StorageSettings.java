package payments.dr.configuration.storage;

import payments.dr.configuration.settings.Setting;

/** How long request logs of load balancers and buckets are kept. */
public record StorageSettings(
    @Setting(value = "Days that access logs are kept", defaultValue = "400", min = 1, max = 3650)
        Integer accessLogRetentionDays) {}
