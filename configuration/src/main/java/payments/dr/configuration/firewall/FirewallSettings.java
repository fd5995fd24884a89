package payments.dr.configuration.firewall;

import payments.dr.configuration.settings.Setting;

/** The firewall of both Regions: each must refuse the same. */
public record FirewallSettings(
    @Setting(
            value = "Whether a web application firewall stands before the load balancers",
            defaultValue = "true")
        Boolean enabled,
    @Setting(
            value =
                "Requests that one address may send in five minutes; a client behind one address"
                    + " sends all of its payments from it",
            defaultValue = "10000",
            min = 1000,
            max = 10_000_000)
        Integer requestsPerFiveMinutes,
    @Setting(
            value = "Days that the log of refused requests is kept",
            defaultValue = "400",
            oneOf = {"30", "60", "90", "180", "365", "400", "731", "1096", "1827"})
        Integer logRetentionDays) {}
