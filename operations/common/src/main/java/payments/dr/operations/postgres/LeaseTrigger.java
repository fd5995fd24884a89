package payments.dr.operations.postgres;

/**
 * The event trigger that has tables which are made later ask for the lease of their server, in SQL:
 * what makes it, and how it is told from another one of its name.
 */
public final class LeaseTrigger {

  /** A schema may bring tables of its own, in one statement. */
  private static final String TAGS =
      "'CREATE SCHEMA', 'CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO'";

  /** A statement; the function that it names is there already. */
  public static final String CREATE =
      """
      CREATE EVENT TRIGGER payments_dr_lease ON ddl_command_end
      WHEN TAG IN (%s)
      EXECUTE FUNCTION payments_dr.guard_new_tables()"""
          .formatted(TAGS);

  /**
   * A condition on {@code pg_event_trigger e}: what {@link #CREATE} made, and switched on. It is
   * never null.
   */
  public static final String IS =
      """
      ((e.evtname = 'payments_dr_lease'
        AND e.evtfoid = to_regprocedure('payments_dr.guard_new_tables()')
        AND e.evtevent = 'ddl_command_end' AND e.evtenabled = 'O'
        AND e.evttags @> ARRAY[%1$s] AND e.evttags <@ ARRAY[%1$s]) IS TRUE)"""
          .formatted(TAGS);

  private LeaseTrigger() {}
}
