package payments.dr.examples.payment;

/** Says what a test wants. */
final class TestGuide implements Guide {

  String generation = "v1";
  boolean writesAreOff;
  boolean answers = true;
  boolean sessionsAnswer = true;

  @Override
  public DatabaseLocation pointer() {
    answer();
    return new DatabaseLocation(
        generation,
        "localhost",
        1,
        "paymentsdb",
        "payments_app",
        "session-table-test",
        "primary-ledger-test");
  }

  @Override
  public boolean writesAreOff(DatabaseLocation pointer) {
    answer();
    return writesAreOff;
  }

  @Override
  public void requireSessions(DatabaseLocation pointer) {
    if (!sessionsAnswer) {
      throw new IllegalStateException("no sessions, as the test wants");
    }
  }

  private void answer() {
    if (!answers) {
      throw new IllegalStateException("no answer, as the test wants");
    }
  }
}
