package payments.dr.examples.payment;

/**
 * What this Region says about what payments need. Each method throws a RuntimeException when there
 * is no answer in time.
 */
interface Guide {

  DatabaseLocation pointer();

  /** Whether nothing may be written now, since another Region is about to. */
  boolean writesAreOff(DatabaseLocation pointer);

  /** Reads one session, whether there is one or not, as every payment of a customer begins. */
  void requireSessions(DatabaseLocation pointer);
}
