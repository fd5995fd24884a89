package payments.dr.lambda.model;

/** How much the machine may start by itself. Human orders work in every mode. */
public enum Mode {
  /** Fails over by itself unless something vetoes. */
  AUTO,
  /** Always asks before it fails over. */
  APPROVAL,
  /** Starts nothing, only records what it would do. */
  OBSERVE
}
