/** Settings of the VPCs of both Regions. */
package payments.dr.configuration.network;
