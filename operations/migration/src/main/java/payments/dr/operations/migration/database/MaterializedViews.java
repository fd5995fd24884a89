package payments.dr.operations.migration.database;

import java.util.List;

/** Fills those of the target that the source has filled: replication does not carry their rows. */
public final class MaterializedViews {

  /** By how far each is from tables: one may read another. */
  private static final String IN_ORDER =
      """
      WITH RECURSIVE reads AS (
        SELECT DISTINCT r.ev_class AS reader, d.refobjid AS read
        FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
        WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid <> r.ev_class
      ), depth AS (
        SELECT c.oid, 0 AS steps FROM pg_class c WHERE c.relkind IN ('v', 'm')
        UNION
        SELECT reads.reader, depth.steps + 1 FROM depth JOIN reads ON reads.read = depth.oid
      )
      SELECT format('%%I.%%I', n.nspname, c.relname)
      FROM depth JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind = 'm' AND c.relispopulated AND %s
      GROUP BY 1 ORDER BY max(depth.steps), 1"""
          .formatted(ReplicatedTables.SCHEMAS);

  private MaterializedViews() {}

  public static int refresh(Database source, Database target) {
    List<String> views = source.texts(IN_ORDER);
    views.forEach(view -> target.change("REFRESH MATERIALIZED VIEW " + view));
    return views.size();
  }
}
