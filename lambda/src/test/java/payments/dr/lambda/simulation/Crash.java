package payments.dr.lambda.simulation;

/** The end of one invocation in the middle of whatever it did; no error that code may catch. */
final class Crash extends Error {

  private static final long serialVersionUID = 1;

  Crash() {
    super("crash", null, false, false);
  }
}
