package payments.dr.lambda.model;

/** Who decided that the writer moves. The machine yields to a primary Region that recovers. */
public enum Authority {
  MACHINE,
  HUMAN
}
