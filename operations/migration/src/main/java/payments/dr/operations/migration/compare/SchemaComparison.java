package payments.dr.operations.migration.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.migration.database.Database;
import payments.dr.operations.migration.database.DatabaseFence;

/**
 * Compares the schemas of both sides, as they are once a fence is lifted.
 *
 * <p>Servers of different majors print the same but for the queries of views: those of the older
 * one are given to the newer one to be printed.
 */
public final class SchemaComparison {

  private static final String QUERY = "query of ";

  private final Database source;
  private final Database target;

  public SchemaComparison(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  /** Returns a sentence for each definition that differs or is on one side only. */
  public List<String> differences() {
    Map<String, String> here = definitions(source);
    Map<String, String> there = definitions(target);
    TreeSet<String> names = new TreeSet<>(here.keySet());
    names.addAll(there.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      String one = here.get(name);
      String other = there.get(name);
      if (one == null || other == null) {
        differences.add(
            "%s is only in %s".formatted(name, (one == null ? target : source).generation()));
      } else if (!one.equals(other) && !sameQuery(name, one, other)) {
        differences.add(
            "%s is \"%s\" in %s, \"%s\" in %s"
                .formatted(name, one, source.generation(), other, target.generation()));
      }
    }
    return differences;
  }

  /**
   * Refuses schemas that differ.
   *
   * @param advice that ends the sentence
   * @throws CommandFailedException with what differs
   */
  public static void requireSame(List<String> differences, String advice) {
    if (!differences.isEmpty()) {
      throw new CommandFailedException(
          "schemas must be the same on both sides, got %d differences: %s%s"
              .formatted(
                  differences.size(),
                  String.join("; ", differences.stream().limit(20).toList()),
                  advice));
    }
  }

  private static Map<String, String> definitions(Database database) {
    return new DatabaseFence(database).asOpened(() -> Definitions.of(database));
  }

  private boolean sameQuery(String name, String one, String other) {
    if (!name.startsWith(QUERY) || version(source) == version(target)) {
      return false;
    }
    boolean newer = version(target) > version(source);
    return printed(newer ? target : source, newer ? one : other).equals(newer ? other : one);
  }

  private static int version(Database database) {
    return Integer.parseInt(database.text("SHOW server_version_num")) / 10_000;
  }

  private static String printed(Database database, String query) {
    return database.takenBack(
        () -> {
          database.always("CREATE TEMP VIEW payments_migration_query AS " + query);
          return database.text(
              "SELECT pg_get_viewdef('pg_temp.payments_migration_query'::regclass)");
        });
  }
}
