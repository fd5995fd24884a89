package payments.dr.operations.migration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * Makes the source's schema at the target by PostgreSQL's own tools, in one transaction: all of it
 * or nothing. Indexes come along before the rows do, which slows the copy and needs no second act.
 */
public final class SchemaCopy {

  /**
   * Schema public stays, because extensions may be in it; so do schemas that an extension brought.
   * Of a composite type an extension owns the type, not the relation.
   */
  private static final String DROPS =
      """
      SELECT drop FROM (
        SELECT 1 AS part, format('DROP EVENT TRIGGER IF EXISTS %%I', evtname) AS drop
        FROM pg_event_trigger c WHERE evtname NOT LIKE 'payments\\_migration\\_%%' AND %5$s
        UNION ALL
        SELECT 2, format('DROP SCHEMA IF EXISTS %%I CASCADE', n.nspname)
        FROM pg_namespace n WHERE n.nspname <> 'public' AND %1$s AND %6$s
        UNION ALL
        SELECT CASE c.relkind WHEN 'S' THEN 4 ELSE 3 END,
          format('DROP %%s IF EXISTS public.%%I CASCADE', CASE c.relkind
          WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE'
          WHEN 'f' THEN 'FOREIGN TABLE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END, c.relname)
        FROM pg_class c WHERE relnamespace = 'public'::regnamespace
        AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c') AND %2$s AND %7$s
        UNION ALL
        SELECT 5, format('DROP ROUTINE IF EXISTS %%s CASCADE', c.oid::regprocedure)
        FROM pg_proc c WHERE pronamespace = 'public'::regnamespace AND %3$s
        UNION ALL
        SELECT 6, format('DROP TYPE IF EXISTS public.%%I CASCADE', typname)
        FROM pg_type c WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd', 'r')
        AND %4$s
        UNION ALL
        SELECT 7, format('DROP SERVER IF EXISTS %%I CASCADE', srvname) FROM pg_foreign_server c
        WHERE %8$s
      ) AS drops ORDER BY part, drop"""
          .formatted(
              ApplicationTables.SCHEMAS,
              ApplicationTables.NOT_OF_EXTENSION,
              notOfExtension("pg_proc", "c.oid"),
              notOfExtension("pg_type", "c.oid"),
              notOfExtension("pg_event_trigger", "c.oid"),
              notOfExtension("pg_namespace", "n.oid"),
              notOfExtension("pg_type", "c.reltype"),
              notOfExtension("pg_foreign_server", "c.oid"));

  private final Database source;
  private final Database target;

  public SchemaCopy(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  /** Makes everything that the source has, at a target that has none of it. */
  public void make() {
    List<String> dump =
        List.of(
            "pg_dump",
            "--no-password",
            "--lock-wait-timeout=5s",
            "--format=custom",
            "--schema-only",
            "--no-publications",
            "--no-subscriptions",
            "--exclude-schema=" + Database.SCHEMA);
    List<String> restore =
        List.of(
            "pg_restore", "--no-password", "--exit-on-error", "--single-transaction", "--dbname=");
    if (target.dryRun()) {
      source.change("\\! " + String.join(" ", dump));
      target.change("\\! " + String.join(" ", restore));
      return;
    }
    try {
      Path folder = Files.createTempDirectory("payments-dr-schema");
      try {
        run(folder, dump, restore);
      } finally {
        for (String file : List.of("schema", "list")) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Drops everything of the target that {@link #make} makes, rows included, in one transaction: it
   * holds a lock for each object, and {@code max_locks_per_transaction} bounds them.
   */
  public void discard() {
    target.changeTogether(target.texts(DROPS));
  }

  private static String notOfExtension(String catalogue, String object) {
    return ApplicationTables.NOT_OF_EXTENSION
        .replace("pg_class", catalogue)
        .replace("c.oid", object);
  }

  private void run(Path folder, List<String> dump, List<String> restore) throws IOException {
    Path schema = folder.resolve("schema");
    Path list = folder.resolve("list");
    ClientProgram.run(source.cluster(), with(dump, "--file=" + schema));
    ClientProgram.run(
        target.cluster(), List.of("pg_restore", "--list", "--file=" + list, schema + ""));
    Files.write(
        list,
        Files.readAllLines(list).stream().filter(line -> !Workspace.ownsDumpEntry(line)).toList());
    List<String> words = new ArrayList<>(restore);
    words.set(words.size() - 1, "--dbname=" + target.cluster().peerKeywords().get("dbname"));
    ClientProgram.run(target.cluster(), with(words, "--use-list=" + list, schema.toString()));
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }
}
