package payments.dr.lambda.failover;

/** Whether an object was seen; a look that failed is UNKNOWN, not ABSENT. */
public enum Presence {
  PRESENT,
  ABSENT,
  UNKNOWN
}
