package payments.dr.operations.postgres;

/** Conditions in SQL that tell the application's tables from PostgreSQL's, ours and extensions'. */
public final class ApplicationTables {

  /** A condition on {@code pg_namespace n}: schemas of the application. */
  public static final String SCHEMAS =
      "n.nspname NOT IN ('pg_catalog', 'information_schema', 'payments_migration')"
          + " AND n.nspname !~ '^pg_(toast|temp)'";

  /** A condition on {@code pg_class c}: no extension brought it. */
  public static final String NOT_OF_EXTENSION =
      "NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass"
          + " AND d.objid = c.oid AND d.deptype = 'e')";

  private ApplicationTables() {}
}
