package payments.dr.lambda.model;

/** What one signal says. A look that failed is UNKNOWN, and UNKNOWN never counts as DOWN. */
public enum Health {
  UP,
  DOWN,
  UNKNOWN
}
