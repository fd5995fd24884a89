package payments.dr.modules.backup;

/**
 * What is protected of one database generation.
 *
 * @param generation such as {@code v2}; construct id of its selections
 * @param nameSuffix what the generation's AWS names end in: {@code -v2}, empty for the first
 * @param clusterArn its cluster in the Region of the plan
 * @param sessionTableArn its session table in the Region of the plan
 */
public record BackupSource(
    String generation, String nameSuffix, String clusterArn, String sessionTableArn) {}
