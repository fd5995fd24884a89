/**
 * Regions as values: the two that serve with their roles, address ranges and zones, pairs of one
 * value per Region, and the third one's name.
 */
package payments.dr.configuration.region;
