package payments.dr.lambda.model;

/** Whether the global cluster is in the middle of an operation of its own. */
public enum Activity {
  IDLE,
  BUSY,
  UNKNOWN
}
