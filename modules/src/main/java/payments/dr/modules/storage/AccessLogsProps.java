package payments.dr.modules.storage;

import payments.dr.configuration.storage.StorageSettings;

/**
 * What the log bucket needs.
 *
 * @param bucketName globally unique
 * @param loadBalancers whether load balancers deliver here too
 * @param protectData whether it must be emptied by hand before it can be destroyed
 */
public record AccessLogsProps(
    String bucketName, StorageSettings settings, boolean loadBalancers, boolean protectData) {}
