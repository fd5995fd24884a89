package payments.dr.lambda.failover;

/** What one signal says. A look that failed is UNKNOWN, and UNKNOWN never counts as DOWN. */
public enum Vote {
  UP,
  DOWN,
  UNKNOWN
}
