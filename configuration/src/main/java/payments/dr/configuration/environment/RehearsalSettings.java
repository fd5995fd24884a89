package payments.dr.configuration.environment;

import payments.dr.configuration.settings.Setting;

/**
 * What a rehearsal of the whole life of an environment may cost. An environment without it is not
 * rehearsed.
 */
public record RehearsalSettings(
    @Setting(
            value = "US dollars that a rehearsal may cost: at least its whole hours at list prices",
            min = 1,
            max = 1000)
        Integer maxDollars,
    @Setting(
            value =
                "Hours after which a rehearsal begins nothing but its cleaning up; it may be killed"
                    + " and go on meanwhile",
            min = 1,
            max = 72)
        Integer maxHours) {}
