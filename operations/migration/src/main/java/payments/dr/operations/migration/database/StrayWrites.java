package payments.dr.operations.migration.database;

import java.util.ArrayList;
import java.util.List;

/** What a closed database was written in spite of its fence, by its own log. */
public final class StrayWrites {

  /** Of one look, which ends with a transaction. */
  private static final int CHANGES = 1000;

  private static final int SHOWN = 20;

  private static final String KEY =
      """
      SELECT a.attname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_index i ON i.indrelid = c.oid AND (i.indisprimary OR i.indisreplident)
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
      WHERE n.nspname = ? AND c.relname = ?""";

  private final Database database;
  private final ChangeLog log;

  public StrayWrites(Database database, ChangeLog log) {
    this.database = database;
    this.log = log;
  }

  /**
   * Returns the changes that are not settled yet, each with its table and key, such as {@code
   * app.own: INSERT: id[integer]:7}; of those beyond {@value #SHOWN} a sentence says that there are
   * more. Those of the workspace are none, nor those of tables that an extension fills for itself.
   */
  public List<String> read(ChangeLog.Origin origin) {
    if (database.dryRun()) {
      return List.of();
    }
    while (true) {
      List<LoggedChange> strays = new ArrayList<>();
      ChangeLog.End end =
          log.read(
              origin,
              CHANGES,
              (kind, change) -> {
                if (kind != ChangeLog.Kind.NEITHER && strays.size() <= SHOWN) {
                  strays.add(change);
                }
              });
      if (!strays.isEmpty() || end.complete()) {
        return shown(strays);
      }
      // Nothing of all this was a stray: it need not be seen again.
      log.settle(end.lsn());
    }
  }

  private List<String> shown(List<LoggedChange> strays) {
    List<String> shown = new ArrayList<>(strays.stream().limit(SHOWN).map(this::shown).toList());
    if (strays.size() > SHOWN) {
      shown.add("and more, which ./dr migrate verify finds");
    }
    return shown;
  }

  private String shown(LoggedChange change) {
    return change.withoutValues(
        database.texts(KEY, change.table().schema(), change.table().table()));
  }
}
