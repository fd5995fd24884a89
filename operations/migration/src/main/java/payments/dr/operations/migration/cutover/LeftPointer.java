package payments.dr.operations.migration.cutover;

/**
 * Stays where it is: the way back moves it, and what kept it from moving must not stand in the way.
 */
record LeftPointer() implements Pointer {

  @Override
  public void requireReady(String generation) {
    // Nothing moves.
  }

  @Override
  public void pointTo(String generation) {
    // Nothing moves.
  }
}
