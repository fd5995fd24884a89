package payments.dr.modules.database;

/**
 * What one cluster of a generation needs.
 *
 * @param maintenanceWindow UTC, such as {@code sun:05:00-sun:06:00}; not that of its peer
 */
public record AuroraClusterProps(
    GenerationProps generation,
    GlobalCluster global,
    DatabaseAccess access,
    String maintenanceWindow) {}
