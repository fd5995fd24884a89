package payments.dr.configuration.compute;

import payments.dr.configuration.settings.Setting;

/**
 * What the DR Region keeps ready, beyond what it needs at rest, for the load of both Regions. All
 * of it is paid for whether it is used or not.
 */
public record StandbySettings(
    @Setting(
            value = "Fewest instances the DR Region runs. Default: compute.minInstances",
            min = 1,
            max = 500,
            optional = true)
        Integer minInstances,
    @Setting(
            value =
                "Instances for which the DR Region holds EC2's capacity, those that run included;"
                    + " spread over its zones, 0 holds none",
            defaultValue = "0",
            min = 0,
            max = 500)
        Integer reservedInstances,
    @Setting(
            value =
                "Capacity units (LCU) that the DR Region's load balancer never goes below; absent:"
                    + " none",
            min = 100,
            max = 15000,
            optional = true)
        Integer loadBalancerCapacityUnits) {}
