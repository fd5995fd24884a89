package payments.dr.operations.migration.database;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.postgresql.PGConnection;
import payments.dr.operations.console.CommandFailedException;

/**
 * Carries the rows that users keep in the tables of extensions, such as pg_partman's {@code
 * part_config}: those that {@code pg_dump} takes along because the extension names them. They are
 * in no publication, since an extension fills its tables when it is made.
 *
 * <p>Jobs of pg_cron stay: the fence has stopped them, and preflight asks what becomes of them.
 */
public final class ExtensionTables {

  private static final String ALL =
      """
      SELECT format('%I.%I', n.nspname, c.relname), c.relkind = 'S', coalesce(condition, ''),
        coalesce((SELECT string_agg(quote_ident(attname), ', ' ORDER BY attname) FROM pg_attribute
          WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''), '')
      FROM pg_extension e
      CROSS JOIN LATERAL unnest(e.extconfig, e.extcondition) AS kept (relation, condition)
      JOIN pg_class c ON c.oid = relation JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE e.extname <> 'pg_cron' ORDER BY 1""";

  private final Database source;
  private final Database target;

  public ExtensionTables(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  private record Kept(String name, boolean sequence, String condition, String columns) {}

  /**
   * Refuses tables that rows could not be carried to.
   *
   * @throws CommandFailedException when one is on one side only, or has other columns there
   */
  public void requireSame() {
    TreeSet<String> differing = new TreeSet<>(names(source));
    TreeSet<String> both = new TreeSet<>(names(target));
    differing.addAll(both);
    both.retainAll(names(source));
    differing.removeAll(both);
    if (!differing.isEmpty()) {
      throw new CommandFailedException(
          "extensions of %s and %s must keep the same tables, got differing: %s; have the same version of each"
              .formatted(source.generation(), target.generation(), String.join(", ", differing)));
    }
  }

  /** Gives the target exactly what the source has. */
  public void carry() {
    List<Kept> all = all(source);
    if (all.isEmpty()) {
      return;
    }
    target.together(
        () -> {
          target.always("SET LOCAL session_replication_role = replica");
          all.forEach(this::carry);
        });
  }

  private void carry(Kept kept) {
    if (kept.sequence()) {
      target.change(
          source.text(
              "SELECT format('SELECT setval(%L, %s, %L)', ?, last_value, is_called) FROM "
                  + kept.name(),
              kept.name()));
      return;
    }
    target.change("DELETE FROM %s %s".formatted(kept.name(), kept.condition()));
    String copy = "COPY %s (%s) FROM STDIN".formatted(kept.name(), kept.columns());
    if (target.dryRun()) {
      target.change(copy);
      return;
    }
    String rows =
        "COPY (SELECT %s FROM %s %s) TO STDOUT"
            .formatted(kept.columns(), kept.name(), kept.condition());
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      source.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(rows, text);
      target
          .connection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(copy, new ByteArrayInputStream(text.toByteArray()));
    } catch (SQLException e) {
      throw new CommandFailedException(
          "rows of %s must be carried from %s to %s: %s"
              .formatted(kept.name(), source.generation(), target.generation(), e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Kept> all(Database database) {
    return database.query(
        ALL,
        row -> new Kept(row.getString(1), row.getBoolean(2), row.getString(3), row.getString(4)));
  }

  private static List<String> names(Database database) {
    return all(database).stream()
        .map(kept -> kept.sequence() ? kept.name() : kept.name() + " (" + kept.columns() + ")")
        .toList();
  }
}
