package payments.dr.operations.migration.cutover;

import java.sql.SQLException;
import payments.dr.operations.postgres.testing.PostgresServer;

/** A database with every kind of object, to be migrated. */
final class Shop {

  static final String APPLICATION = "payments_app";
  static final String PASSWORD = "application-of-the-tests";

  private static final String ROLES =
      """
      CREATE ROLE payments_owner NOLOGIN;
      CREATE ROLE payments_app LOGIN PASSWORD '%1$s';
      CREATE ROLE "Night Shift" LOGIN PASSWORD '%1$s' CONNECTION LIMIT 3;
      CREATE ROLE reporter LOGIN PASSWORD '%1$s';
      CREATE ROLE tenant LOGIN PASSWORD '%1$s';
      CREATE ROLE clerks NOLOGIN;
      GRANT clerks TO "Night Shift";
      ALTER ROLE payments_app SET search_path TO app, public;
      ALTER ROLE reporter SET statement_timeout TO '30s';
      ALTER ROLE payments_owner SET TimeZone TO 'Pacific/Auckland';
      """
          .formatted(PASSWORD);

  private static final String SCHEMA =
      """
      CREATE EXTENSION pgcrypto SCHEMA public;
      CREATE EXTENSION ltree SCHEMA public;
      CREATE SCHEMA app AUTHORIZATION payments_owner;
      CREATE SCHEMA "Back Office" AUTHORIZATION payments_owner;
      GRANT USAGE ON SCHEMA app, "Back Office"
        TO payments_app, reporter, tenant, clerks, "Night Shift";
      GRANT CREATE ON SCHEMA app TO tenant;
      SET ROLE payments_owner;
      SET search_path = app;
      CREATE TYPE state AS ENUM ('open', 'settled', 'refused');
      CREATE DOMAIN amount AS numeric(14,2) CHECK (VALUE >= 0);
      CREATE TYPE address AS (street text, town text);
      CREATE SEQUENCE receipts INCREMENT 10 CACHE 20;
      CREATE SEQUENCE countdown INCREMENT -1 MINVALUE -1000 MAXVALUE 0 START 0;
      CREATE SEQUENCE unused START 42;
      CREATE SEQUENCE tiny AS smallint;
      CREATE TABLE account (
        id integer PRIMARY KEY, owner text NOT NULL COLLATE "C", home address,
        balance bigint NOT NULL DEFAULT 0);
      CREATE TABLE payment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        writer integer NOT NULL, number bigint NOT NULL,
        account integer NOT NULL REFERENCES account,
        amount amount NOT NULL, fee numeric GENERATED ALWAYS AS (round(amount * 0.015, 2)) STORED,
        state state NOT NULL DEFAULT 'open', receipt bigint NOT NULL DEFAULT nextval('receipts'),
        details jsonb, signature bytea, tags text[], at timestamptz NOT NULL DEFAULT now());
      CREATE INDEX ON payment (writer, number);
      COMMENT ON TABLE payment IS 'What was paid; it''s "all" here';
      CREATE TABLE history (
        id bigserial, at timestamptz NOT NULL, what text, ratio double precision, odds real,
        took interval, day date, flag boolean, ip inet, span int4range, key uuid,
        PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
      CREATE TABLE history_2025 PARTITION OF history
        FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE history_rest PARTITION OF history DEFAULT;
      CREATE TABLE batch (id integer PRIMARY KEY) PARTITION BY RANGE (id);
      CREATE TABLE batch_1 PARTITION OF batch FOR VALUES FROM (0) TO (9);
      CREATE TABLE tree (path public.ltree PRIMARY KEY, note text);
      CREATE TABLE paths (path public.ltree, note text);
      ALTER TABLE paths REPLICA IDENTITY FULL;
      CREATE TABLE "Back Office"."Mixed Case" ("Key" text, "Part" integer, "Värde" char(8),
        PRIMARY KEY ("Key", "Part"));
      CREATE TABLE "a TO b %d $1" (id integer PRIMARY KEY, "what's ?" text);
      CREATE TABLE noted (id integer NOT NULL UNIQUE, doc json);
      ALTER TABLE noted REPLICA IDENTITY USING INDEX noted_id_key;
      CREATE TABLE keyless (a integer, b text);
      ALTER TABLE keyless REPLICA IDENTITY FULL;
      CREATE TABLE odd (
        code char(8), flags bit(3), raw bytea, ip inet, at timestamptz, state state,
        ratio double precision, "user" text, note text, large text,
        PRIMARY KEY (code, flags, raw, ip, at, state, ratio, "user"));
      CREATE TABLE long_key (key text PRIMARY KEY, note text);
      ALTER TABLE long_key ALTER key SET STORAGE EXTERNAL;
      CREATE TABLE other_identity (id integer PRIMARY KEY, code text NOT NULL UNIQUE, note text);
      ALTER TABLE other_identity REPLICA IDENTITY USING INDEX other_identity_code_key;
      CREATE TABLE full_identity (id integer PRIMARY KEY, note text);
      ALTER TABLE full_identity REPLICA IDENTITY FULL;
      CREATE TABLE doubled (gone text, a integer, note text COLLATE "C", more text COLLATE "POSIX",
        twice integer GENERATED ALWAYS AS (a * 2) STORED);
      ALTER TABLE doubled DROP COLUMN gone;
      ALTER TABLE doubled REPLICA IDENTITY FULL;
      CREATE TABLE including (id integer, extra text, note text,
        PRIMARY KEY (id) INCLUDE (extra));
      CREATE MATERIALIZED VIEW totals AS SELECT account, sum(amount) AS sum FROM payment GROUP BY 1;
      CREATE MATERIALIZED VIEW grand_total AS SELECT sum(sum) FROM totals;
      CREATE MATERIALIZED VIEW daily AS SELECT date_trunc('day', at)::date AS day, sum(amount)
        FROM payment GROUP BY 1;
      CREATE UNIQUE INDEX ON totals (account);
      CREATE VIEW open_payments AS SELECT * FROM payment WHERE state = 'open';
      CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.details := coalesce(NEW.details, '{}') || '{"stamped": true}'; RETURN NEW; END $$;
      CREATE TRIGGER stamp BEFORE INSERT ON payment FOR EACH ROW EXECUTE FUNCTION stamp();
      GRANT SELECT ON ALL TABLES IN SCHEMA app TO reporter;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO payments_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON "Back Office"."Mixed Case" TO payments_app
        WITH GRANT OPTION;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA app TO payments_app;
      GRANT UPDATE (state, details), SELECT ON payment TO clerks;
      GRANT INSERT ON keyless TO PUBLIC;
      RESET ROLE;
      SET ROLE payments_app;
      GRANT INSERT, DELETE ON "Back Office"."Mixed Case" TO "Night Shift";
      RESET ROLE;
      SET ROLE tenant;
      CREATE TABLE app.own (id integer PRIMARY KEY);
      RESET ROLE;
      RESET search_path;
      """;

  private static final String ROWS =
      """
      SET search_path = app;
      INSERT INTO account SELECT i, 'owner ' || i, ROW('street ' || i, 'town'::text)::address, 0
        FROM generate_series(1, 1000) i;
      INSERT INTO payment (writer, number, account, amount, state, details, signature, tags, at)
        SELECT 0, i, 1 + i %% 1000, i %% 10000, (ARRAY['open','settled','refused'])[1 + i %% 3]::state,
        jsonb_build_object('n', i, 't', repeat('x', i %% 20)), decode(md5(i::text), 'hex'),
        ARRAY['a"b', NULL, i::text], '2025-06-01'::timestamptz + i * interval '1 second'
        FROM generate_series(1, %1$d) i;
      INSERT INTO history (at, what, ratio, odds, took, day, flag, ip, span, key)
        SELECT '2025-01-01'::timestamptz + i * interval '1 minute', 'what ' || i, i / 7.0, i / 3.0,
        i * interval '1 second', '2025-01-01'::date + i %% 400, i %% 2 = 0,
        ('10.0.' || i %% 256 || '.1')::inet, int4range(i, i + 5), md5(i::text)::uuid
        FROM generate_series(1, %1$d) i;
      INSERT INTO "Back Office"."Mixed Case" SELECT 'k''"' || i, i, 'v' || i
        FROM generate_series(1, 1000) i;
      INSERT INTO keyless SELECT i %% 50, 'twice' FROM generate_series(1, 100) i;
      INSERT INTO own SELECT generate_series(1, 10);
      INSERT INTO "a TO b %%d $1" VALUES (1, '100 %% ? $1');
      INSERT INTO odd SELECT 'c' || i, i::bit(3), decode(md5(i::text), 'hex'),
        ('10.0.0.' || i)::inet, '2025-06-01'::timestamptz + i * interval '1.5 seconds', 'open',
        i / 7.0, E'it''s\n"new-tuple: ' || i, 'note', repeat(md5(i::text), 300)
        FROM generate_series(1, 20) i;
      INSERT INTO long_key SELECT repeat(md5(i::text), 80), 'note' FROM generate_series(1, 20) i;
      INSERT INTO other_identity SELECT i, 'code ' || i, 'note' FROM generate_series(1, 20) i;
      INSERT INTO full_identity SELECT i, 'note' FROM generate_series(1, 20) i;
      INSERT INTO doubled SELECT i, 'note' FROM generate_series(1, 20) i;
      INSERT INTO including SELECT i, 'extra', 'note' FROM generate_series(1, 20) i;
      INSERT INTO batch VALUES (1);
      INSERT INTO tree SELECT ('a.b' || i)::public.ltree, 'note' FROM generate_series(1, 20) i;
      INSERT INTO paths SELECT ('a.b' || i)::public.ltree, NULL FROM generate_series(1, 20) i;
      INSERT INTO noted SELECT i, '{"a": 1}' FROM generate_series(1, 10) i;
      SELECT nextval('countdown'), nextval('countdown'), nextval('tiny');
      REFRESH MATERIALIZED VIEW totals;
      REFRESH MATERIALIZED VIEW grand_total;
      RESET search_path;
      ANALYZE;
      """;

  private Shop() {}

  /**
   * @param rows of each of the two large tables
   */
  static void open(PostgresServer server, int rows) throws SQLException {
    server.execute(ROLES, SCHEMA, ROWS.formatted(rows));
  }
}
