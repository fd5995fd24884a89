package payments.dr.lambda.failover;

/** How the database moves its writer. */
public enum Promotion {
  /** Unplanned; what was not replicated is lost. */
  FAILOVER,
  /** Planned and without loss; needs both Regions healthy. */
  SWITCHOVER
}
