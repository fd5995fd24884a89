package payments.dr.lambda.model;

/** How the database moves its writer. */
public enum Promotion {
  /** Unplanned; what was not replicated is lost. */
  FAILOVER,
  /** Planned and without loss; needs both Regions healthy. */
  SWITCHOVER
}
