package payments.dr.lambda.simulation;

/** A fault from one second until another, which is the first without it. */
record Window(SimulatedFault fault, int from, int to) {

  @Override
  public String toString() {
    return fault + " " + from + "-" + to;
  }
}
