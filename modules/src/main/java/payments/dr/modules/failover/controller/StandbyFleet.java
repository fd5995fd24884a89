package payments.dr.modules.failover.controller;

/**
 * What is to serve in the DR Region.
 *
 * @param autoScalingGroupGivenName plain text
 * @param servingMinimum healthy targets with which the Region can serve
 * @param fullCapacity instances asked for when it is about to
 */
public record StandbyFleet(
    String targetGroupArn,
    String autoScalingGroupName,
    String autoScalingGroupGivenName,
    int servingMinimum,
    int fullCapacity) {}
