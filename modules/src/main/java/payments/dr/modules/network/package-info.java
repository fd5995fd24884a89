/**
 * VPCs and the peering between them.
 *
 * <p>Inputs: {@link payments.dr.configuration.network.NetworkSettings}, address range and zones of
 * the Region. Outputs: VPC id, subnet ids and prefix of each {@link
 * payments.dr.modules.network.Tier}. Defaults: NAT gateway per zone, gateway endpoints for S3 and
 * DynamoDB, flow logs of all traffic for 400 days, an empty default security group, no automatic
 * public addresses.
 */
package payments.dr.modules.network;
