package payments.dr.configuration.storage;

/** How firmly S3 holds a locked object until its time is over. */
public enum RetentionMode {
  /** Whoever may bypass it, and only on request. */
  GOVERNANCE,
  /** Nobody lifts it, neither the account's root user nor AWS; and nobody takes it back. */
  COMPLIANCE
}
