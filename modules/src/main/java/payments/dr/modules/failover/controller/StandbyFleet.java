package payments.dr.modules.failover.controller;

/**
 * What is to serve in the DR Region.
 *
 * @param autoScalingGroupLiteralName plain text
 * @param servingMinimum healthy targets with which the Region can serve
 * @param fullCapacity instances asked for when it is about to
 */
public record StandbyFleet(
    String targetGroupArn,
    String autoScalingGroupName,
    String autoScalingGroupLiteralName,
    int servingMinimum,
    int fullCapacity) {}
