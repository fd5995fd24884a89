package payments.dr.modules.storage;

import payments.dr.configuration.storage.RetentionMode;

/**
 * How long each object of a bucket is locked from its upload on.
 *
 * @param days after which it may expire
 */
public record Retention(RetentionMode mode, int days) {}
