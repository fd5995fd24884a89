package payments.dr.operations.migration.database;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import payments.dr.operations.console.CommandFailedException;
import payments.dr.operations.postgres.ApplicationTables;

/**
 * Takes every sequence, owned, of an identity or alone, past the source's position: replication
 * does not carry them.
 *
 * <p>The position on disk is past everything that sessions have cached. The margin covers nothing
 * that is known; it is small beside what is left, so that a narrow sequence does not run out.
 *
 * <p>Those of schema {@code payments_dr} stay where they are: in them a server keeps its own lease.
 */
public final class Sequences {

  /** Steps of the sequence; at most a hundredth of what is left. */
  static final int MARGIN = 1000;

  private static final String ALL =
      """
      SELECT format('%%I.%%I', n.nspname, c.relname), s.seqincrement, s.seqmin, s.seqmax
      FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE %s AND n.nspname <> 'payments_dr' AND c.relpersistence <> 't' AND %s ORDER BY 1"""
          .formatted(ApplicationTables.SCHEMAS, ApplicationTables.NOT_OF_EXTENSION);

  private final Database source;
  private final Database target;

  public Sequences(Database source, Database target) {
    this.source = source;
    this.target = target;
  }

  private record Definition(String name, long increment, long min, long max) {}

  /** Where a sequence stands; {@code called} when its last value was given out. */
  record Position(String name, long last, boolean called) {}

  /**
   * Moves those that are not ahead of the source's.
   *
   * @return how many were moved
   * @throws CommandFailedException when one could give out a value again
   */
  public int advance() {
    List<Definition> definitions =
        source.query(
            ALL,
            row ->
                new Definition(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    Map<String, Position> here = positions(source, definitions);
    List<Definition> behind = behind(definitions, here);
    target.changeTogether(behind.stream().map(one -> move(one, here.get(one.name()))).toList());
    if (!target.dryRun() && !behind.isEmpty()) {
      List<Definition> still = behind(definitions, here);
      if (!still.isEmpty()) {
        throw new CommandFailedException(
            "sequences of %s must be past those of %s, got behind: %s"
                .formatted(
                    target.generation(),
                    source.generation(),
                    still.stream().map(Definition::name).collect(Collectors.joining(", "))));
      }
    }
    return behind.size();
  }

  private List<Definition> behind(List<Definition> definitions, Map<String, Position> here) {
    Map<String, Position> there = positions(target, definitions);
    return definitions.stream()
        .filter(one -> !isPast(one, there.get(one.name()), here.get(one.name())))
        .toList();
  }

  private static String move(Definition definition, Position from) {
    return "SELECT setval('%s', %d, %s)"
        .formatted(
            definition.name().replace("'", "''"),
            from.called() ? beyond(definition, from.last()) : from.last(),
            from.called());
  }

  private static boolean isPast(Definition definition, Position there, Position here) {
    if (!here.called()) {
      return there.last() == here.last() || there.called();
    }
    boolean reached =
        definition.increment() > 0 ? there.last() >= here.last() : there.last() <= here.last();
    return there.called() && reached;
  }

  private static long beyond(Definition definition, long last) {
    long step = definition.increment();
    long end = step > 0 ? definition.max() : definition.min();
    // Unsigned: from one end of bigint to the other is more than a long holds.
    long left = Long.divideUnsigned(step > 0 ? end - last : last - end, Math.abs(step));
    long margin = Math.min(MARGIN, Long.divideUnsigned(left, 100));
    return last + margin * step;
  }

  /** One query: a round trip for each would be counted into the pause. */
  private static Map<String, Position> positions(Database database, List<Definition> definitions) {
    if (definitions.isEmpty()) {
      return Map.of();
    }
    String sql =
        definitions.stream()
            .map(
                one ->
                    "SELECT '%s', last_value, is_called FROM %s"
                        .formatted(one.name().replace("'", "''"), one.name()))
            .collect(Collectors.joining("\nUNION ALL "));
    return database
        .query(sql, row -> new Position(row.getString(1), row.getLong(2), row.getBoolean(3)))
        .stream()
        .collect(Collectors.toMap(Position::name, position -> position));
  }
}
