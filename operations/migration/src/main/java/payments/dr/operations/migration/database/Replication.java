package payments.dr.operations.migration.database;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Logical replication in one direction: a publication and a slot at the source, a subscription at
 * the target. Each method does one thing and does nothing when it is done already.
 *
 * <p>The slot is made apart from the subscription: then a kill leaves nothing that a second run
 * would not find by its name, and the slot can stand before the first write that it must carry.
 */
public final class Replication {

  private final Database source;
  private final Database target;
  private final String name;

  public Replication(Database source, Database target) {
    this.source = source;
    this.target = target;
    this.name = "payments_%s_to_%s".formatted(source.generation(), target.generation());
  }

  /** Returns the name of publication, slot and subscription. */
  public String name() {
    return name;
  }

  /** Of the publication with a name: it publishes each change of each table that moves. */
  private static final String COMPLETE =
      """
      EXISTS (SELECT FROM pg_publication p WHERE p.pubname = ?
        AND p.pubinsert AND p.pubupdate AND p.pubdelete AND p.pubtruncate
        AND NOT p.pubviaroot AND NOT p.puballtables
        AND NOT EXISTS (SELECT FROM (
            SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE %s
            UNION ALL SELECT to_regclass('payments_migration.marker')::oid) AS moved
          FULL JOIN (SELECT * FROM pg_publication_rel WHERE prpubid = p.oid) AS r
          ON r.prrelid = moved.oid
          WHERE moved.oid IS NULL OR r.prrelid IS NULL
          -- Filters of rows and lists of columns, which PostgreSQL 14 does not have.
          OR to_jsonb(r) ->> 'prqual' IS NOT NULL OR to_jsonb(r) ->> 'prattrs' IS NOT NULL))"""
          .formatted(ReplicatedTables.MOVED);

  /**
   * Names every table instead of FOR ALL TABLES, which only a superuser may say, and which would
   * take in what was never compared. Leaves of partitioned tables travel as themselves.
   */
  public void publish() {
    if (!publishes()) {
      // At once: a reader of the log that finds no publication stops for ever.
      source.changeTogether(
          List.of(
              "DROP PUBLICATION IF EXISTS " + name,
              "CREATE PUBLICATION %s FOR TABLE payments_migration.marker%s"
                  .formatted(
                      name,
                      ReplicatedTables.of(source).stream()
                          .map(table -> ",\n  " + table)
                          .collect(Collectors.joining()))));
    }
  }

  /** Whether the publication is there, and publishes each change of each table that moves. */
  public boolean publishes() {
    return source.holds(COMPLETE, name);
  }

  /** Returns the sentence for a publication that does not. */
  public String incomplete() {
    return "publication %s of %s must publish every change of every table, it does not"
        .formatted(name, source.generation());
  }

  /**
   * Completes the publication of a subscription that stands. What it has left out is not copied.
   */
  public void republish() {
    publish();
    target.change(
        "ALTER SUBSCRIPTION %s REFRESH PUBLICATION WITH (copy_data = false)".formatted(name));
  }

  /** Lets the subscriber read what it copies; later changes need no grant. */
  public void grantSelect() {
    List<String> schemas =
        source.texts(
            "SELECT DISTINCT quote_ident(schemaname) FROM pg_publication_tables WHERE pubname = ?",
            name);
    source.change(
        "GRANT USAGE ON SCHEMA %s TO payments_migration".formatted(String.join(", ", schemas)));
    source.change(
        "GRANT SELECT ON payments_migration.marker%s TO payments_migration"
            .formatted(
                ReplicatedTables.of(source).stream()
                    .map(table -> ", " + table)
                    .collect(Collectors.joining())));
  }

  /** Makes the source keep its log for the target from now on. */
  public void createSlot() {
    slot().make("pgoutput");
  }

  public boolean hasSlot() {
    return slot().stands();
  }

  private ReplicationSlot slot() {
    return new ReplicationSlot(source, name);
  }

  /**
   * Makes the target apply what the source writes.
   *
   * @param copy whether the target's tables are empty and get the source's rows first
   */
  public void subscribe(boolean copy) {
    if (!subscribed()) {
      String statement =
          "CREATE SUBSCRIPTION %1$s CONNECTION %2$s PUBLICATION %1$s\n"
              + "WITH (create_slot = false, slot_name = '%1$s', copy_data = %3$s)";
      Map<String, String> keywords = new TreeMap<>(source.cluster().peerKeywords());
      keywords.put("user", MigrationLogin.ROLE);
      keywords.put("application_name", name);
      keywords.put("password", "***");
      String shown = statement.formatted(name, literal(conninfo(keywords)), copy);
      keywords.put("password", MigrationLogin.renew(source));
      target.changeSecretly(statement.formatted(name, literal(conninfo(keywords)), copy), shown);
    }
  }

  public boolean subscribed() {
    return target.holds(
        "EXISTS (SELECT FROM pg_subscription JOIN pg_database ON pg_database.oid = subdbid"
            + " WHERE datname = current_database() AND subname = ?)",
        name);
  }

  /** Waits until the subscriber reads; a subscription alone says nothing about its connection. */
  public void awaitConnected(Duration limit) {
    if (!source.dryRun()) {
      Waiting.until(
          "%s must connect to %s".formatted(target.generation(), source.generation()),
          limit,
          this::connected);
    }
  }

  public boolean connected() {
    return source.holds(
        "EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = ? AND active)", name);
  }

  /** Stops the target from applying. The slot stays: dropping it is the source's part. */
  public void unsubscribe() {
    if (subscribed()) {
      target.change(
          "ALTER SUBSCRIPTION " + name + " DISABLE",
          "ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)",
          "DROP SUBSCRIPTION " + name);
    }
  }

  /**
   * Drops the slot, and those of an interrupted copy, whose names end with the subscriber's
   * identifier.
   */
  public void dropSlots() {
    String subscriber = target.text("SELECT system_identifier FROM pg_control_system()");
    for (String slot :
        source.texts(
            "SELECT slot_name FROM pg_replication_slots WHERE database = current_database()"
                + " AND (slot_name = ? OR slot_name ~ ?)",
            name,
            "^pg_[0-9]+_sync_[0-9]+_" + subscriber + "$")) {
      new ReplicationSlot(source, slot).drop();
    }
  }

  /** Drops the slot of this replication alone, which the target need not be reachable for. */
  public void dropOwnSlot() {
    slot().drop();
  }

  public void unpublish() {
    source.change("DROP PUBLICATION IF EXISTS " + name);
  }

  private static String conninfo(Map<String, String> keywords) {
    return keywords.entrySet().stream()
        .map(
            keyword ->
                "%s='%s'"
                    .formatted(
                        keyword.getKey(),
                        keyword.getValue().replace("\\", "\\\\").replace("'", "\\'")))
        .collect(Collectors.joining(" "));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
