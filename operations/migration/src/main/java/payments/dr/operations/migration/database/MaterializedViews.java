package payments.dr.operations.migration.database;

import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.postgres.ApplicationTables;

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
          .formatted(ApplicationTables.SCHEMAS);

  /** As whoever owns it would have it: what a day is depends on a time zone. */
  private static final String SETTINGS =
      """
      SELECT 'SET ' || {assignment}
      FROM pg_class c JOIN pg_db_role_setting s ON s.setrole = c.relowner
      CROSS JOIN LATERAL unnest(s.setconfig) AS setting
      WHERE c.oid = ?::regclass AND s.setdatabase IN
        (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
      ORDER BY s.setdatabase"""
          .replace("{assignment}", Roles.ASSIGNMENT);

  private MaterializedViews() {}

  /**
   * Fills them in a session of the database's own settings and those of the views' owners, which
   * this command's sessions have not.
   */
  public static void refresh(Database source, Database target) {
    List<String> words =
        new ArrayList<>(
            List.of("psql", "--no-password", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"));
    List<String> views = source.texts(IN_ORDER);
    for (String view : views) {
      List<String> statements = new ArrayList<>(List.of("RESET ALL", "SET lock_timeout = '5s'"));
      statements.addAll(target.texts(SETTINGS, view));
      statements.add("SET statement_timeout = '300s'");
      statements.add("REFRESH MATERIALIZED VIEW " + view);
      String sql = String.join("; ", statements);
      words.add("--command=" + sql);
      if (target.dryRun()) {
        target.change(sql);
      }
    }
    if (!views.isEmpty() && !target.dryRun()) {
      ClientProgram.run(target.cluster(), words);
    }
  }
}
