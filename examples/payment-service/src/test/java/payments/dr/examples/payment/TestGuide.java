package payments.dr.examples.payment;

/** Says what a test wants. */
final class TestGuide implements Guide {

  String generation = "v1";
  boolean writesAreOff;
  boolean answers = true;

  @Override
  public DatabasePointer pointer() {
    answer();
    return new DatabasePointer(
        generation, "localhost", 1, "paymentsdb", "payments_app", "primary-ledger-test");
  }

  @Override
  public boolean writesAreOff(DatabasePointer pointer) {
    answer();
    return writesAreOff;
  }

  private void answer() {
    if (!answers) {
      throw new IllegalStateException("no answer, as the test wants");
    }
  }
}
