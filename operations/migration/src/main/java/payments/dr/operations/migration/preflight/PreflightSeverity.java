package payments.dr.operations.migration.preflight;

/** What a finding asks of the operator; the worst comes first. */
public enum PreflightSeverity {
  /** Replication would lose or break something: no migration until it is mended. */
  REFUSE,
  /**
   * Replication does not carry it, or treats it differently: somebody must say what becomes of it.
   */
  DECIDE,
  /** Worth knowing. */
  NOTE
}
