package payments.dr.modules.storage;

import payments.dr.modules.naming.ResourceNames;

/**
 * What the log bucket needs.
 *
 * @param protectData whether it must be emptied by hand before it can be destroyed
 */
public record AccessLogsProps(ResourceNames names, StorageSettings settings, boolean protectData) {}
