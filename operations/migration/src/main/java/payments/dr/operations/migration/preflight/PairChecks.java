package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.REFUSE;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import payments.dr.operations.migration.database.ProviderRoles;
import payments.dr.operations.migration.preflight.PreflightCheck.Found;
import payments.dr.operations.migration.preflight.PreflightCheck.Sides;
import payments.dr.operations.migration.preflight.Side.Row;

/** Checks for what must exist, or be equal, on both sides. */
final class PairChecks {

  private static final String EXTENSIONS =
      "SELECT extname::text, extversion, 'drop extension ' || quote_ident(extname)"
          + " || ' at the source, or choose a target version that has it' FROM pg_extension";

  private static final String AVAILABLE_EXTENSIONS =
      "SELECT name::text, default_version, '' FROM pg_available_extensions";

  private static final String ROLES =
      """
      SELECT r.rolname::text, 'only at the source', format('CREATE ROLE %I;', r.rolname)
      FROM pg_roles r WHERE r.rolname NOT IN (current_user, 'payments_migration') AND\s"""
          + ProviderRoles.OTHERS;

  /** Of the database for all roles; lists are kept as they must be written, the rest is text. */
  private static final String SETTINGS =
      """
      SELECT name, value, format('ALTER DATABASE %I SET %s TO %s;', current_database(), name,
        CASE WHEN name IN ('search_path', 'temp_tablespaces', 'session_preload_libraries',
          'local_preload_libraries') THEN value ELSE quote_literal(value) END)
      FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
      CROSS JOIN LATERAL unnest(setconfig) AS setting
      CROSS JOIN LATERAL (SELECT split_part(setting, '=', 1) AS name,
        substr(setting, strpos(setting, '=') + 1) AS value) AS v
      WHERE d.datname = current_database() AND s.setrole = 0""";

  static final List<PreflightCheck> ALL =
      List.of(
          new PreflightCheck(
              "server-version",
              REFUSE,
              "target of an older major version",
              "the schema of a later version may not load, and the way back leads forwards",
              PairChecks::older),
          new PreflightCheck(
              "encoding",
              REFUSE,
              "databases of different encoding",
              "texts that one side cannot hold stop the replication",
              sides ->
                  differing(
                      sides,
                      """
                      SELECT 'encoding', pg_encoding_to_char(encoding),
                        'create the target''s database anew with ENCODING '
                        || quote_literal(pg_encoding_to_char(encoding))
                      FROM pg_database WHERE datname = current_database()""")),
          new PreflightCheck(
              "collation",
              REFUSE,
              "databases that sort differently",
              "ranges of texts, partitions among them, hold other rows on the other side",
              sides ->
                  differing(
                      sides,
                      """
                      SELECT 'LC_COLLATE', datcollate, 'create the target''s database anew with'
                        || ' LC_COLLATE ' || quote_literal(datcollate) || ' TEMPLATE template0'
                      FROM pg_database WHERE datname = current_database()
                      UNION ALL
                      SELECT 'LC_CTYPE', datctype, 'create the target''s database anew with'
                        || ' LC_CTYPE ' || quote_literal(datctype) || ' TEMPLATE template0'
                      FROM pg_database WHERE datname = current_database()""")),
          PreflightCheck.both(
              "collation-version",
              DECIDE,
              "collation whose library is another than when indexes were made",
              "indexes may miss rows, and a unique one may hold doubles that the copy refuses",
              """
              SELECT c.oid::regcollation::text,
                format('made with %s, now %s', collversion, pg_collation_actual_version(c.oid)),
                format('ALTER COLLATION %s REFRESH VERSION;', c.oid::regcollation)
              FROM pg_collation c
              WHERE collversion <> pg_collation_actual_version(c.oid)
              AND EXISTS (SELECT FROM pg_attribute a WHERE a.attcollation = c.oid)"""),
          new PreflightCheck(
              "settings",
              NOTE,
              "setting of the database that the target does not have",
              "./dr migrate prepare carries it, and so does each cutover",
              PairChecks::settings),
          new PreflightCheck(
              "extension-missing",
              REFUSE,
              "extension that the target cannot have",
              "the schema does not load without it",
              sides -> missing(sides, EXTENSIONS, AVAILABLE_EXTENSIONS)),
          new PreflightCheck(
              "role-missing",
              NOTE,
              "role that the target does not have yet",
              "its grants need it; ./dr migrate prepare makes it, without its password on Aurora",
              sides -> missing(sides, ROLES, ROLES)),
          new PreflightCheck(
              "clocks",
              NOTE,
              "clocks that are apart",
              "lag in seconds is measured across them",
              PairChecks::clocks));

  private PairChecks() {}

  private static List<Found> older(Sides sides) throws SQLException {
    String sql = "SELECT 'server_version_num', current_setting('server_version_num'), ''";
    int here = Integer.parseInt(sides.source().ask(sql).get(0).found()) / 10_000;
    int there = Integer.parseInt(sides.target().ask(sql).get(0).found()) / 10_000;
    return there >= here
        ? List.of()
        : List.of(
            new Found(
                sides.target(),
                new Row(
                    "server_version",
                    "PostgreSQL " + there + ", the source has " + here,
                    "choose an engineVersion of " + here + " or later for the target")));
  }

  /** Of what both sides have. */
  private static List<Found> differing(Sides sides, String sql) throws SQLException {
    Map<String, Row> there =
        sides.target().ask(sql).stream()
            .collect(Collectors.toMap(Row::object, Function.identity()));
    List<Found> found = new ArrayList<>();
    for (Row here : sides.source().ask(sql)) {
      Row other = there.get(here.object());
      if (other != null && !other.found().equals(here.found())) {
        found.add(
            new Found(
                sides.target(),
                new Row(
                    here.object(),
                    "%s, %s has %s"
                        .formatted(other.found(), sides.source().generation(), here.found()),
                    here.fix())));
      }
    }
    return found;
  }

  private static List<Found> settings(Sides sides) throws SQLException {
    List<Row> there = sides.target().ask(SETTINGS);
    return sides.source().ask(SETTINGS).stream()
        .filter(row -> !there.contains(row))
        .map(row -> new Found(sides.target(), row))
        .toList();
  }

  private static List<Found> missing(Sides sides, String wanted, String offered)
      throws SQLException {
    List<String> there = sides.target().ask(offered).stream().map(Row::object).toList();
    return sides.source().ask(wanted).stream()
        .filter(row -> !there.contains(row.object()))
        .map(row -> new Found(sides.target(), row))
        .toList();
  }

  private static List<Found> clocks(Sides sides) throws SQLException {
    Instant here = clock(sides.source());
    Instant there = clock(sides.target());
    Instant again = clock(sides.source());
    return clocks(here, there, again, sides.limits().clocks())
        .map(row -> List.of(new Found(sides.target(), row)))
        .orElse(List.of());
  }

  /**
   * @param there read between the two others
   */
  static Optional<Row> clocks(Instant here, Instant there, Instant again, Duration limit) {
    Duration behind = Duration.between(there, here);
    Duration ahead = Duration.between(again, there);
    Duration apart = behind.compareTo(ahead) > 0 ? behind : ahead;
    return apart.compareTo(limit) <= 0
        ? Optional.empty()
        : Optional.of(
            new Row(
                "clock",
                "at least " + apart.toMillis() + " ms apart",
                "let both servers follow the same time source"));
  }

  private static Instant clock(Side side) throws SQLException {
    String now =
        side.ask(
                "SELECT 'clock', to_char(clock_timestamp() AT TIME ZONE 'UTC',"
                    + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'), ''")
            .get(0)
            .found();
    return OffsetDateTime.parse(now).toInstant();
  }
}
