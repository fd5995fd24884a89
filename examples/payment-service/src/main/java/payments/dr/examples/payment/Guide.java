package payments.dr.examples.payment;

/**
 * What this Region says about the database. Both methods throw a RuntimeException when there is no
 * answer in time.
 */
interface Guide {

  DatabaseLocation pointer();

  /** Whether nothing may be written now, since another Region is about to. */
  boolean writesAreOff(DatabaseLocation pointer);
}
