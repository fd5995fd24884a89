package payments.dr.modules.backup;

import payments.dr.configuration.region.RegionPair;

/**
 * What is protected of one database generation.
 *
 * @param generation such as {@code v2}; construct id of its selections
 * @param nameSuffix what the generation's AWS names end in: {@code -v2}, empty for the first
 * @param clusterArns its cluster in each Region
 * @param sessionTableArns its session table in each Region
 */
public record BackupSource(
    String generation,
    String nameSuffix,
    RegionPair<String> clusterArns,
    RegionPair<String> sessionTableArns) {}
