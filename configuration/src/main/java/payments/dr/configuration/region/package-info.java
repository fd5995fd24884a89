/**
 * The two Regions as values: their roles, address ranges and zones, and pairs of one value per
 * Region.
 */
package payments.dr.configuration.region;
