package payments.dr.lambda.model;

/** Whether an object was seen; a look that failed is UNKNOWN, not ABSENT. */
public enum Presence {
  PRESENT,
  ABSENT,
  UNKNOWN
}
