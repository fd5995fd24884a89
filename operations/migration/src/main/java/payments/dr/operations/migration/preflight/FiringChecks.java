package payments.dr.operations.migration.preflight;

import static payments.dr.operations.migration.preflight.PreflightSeverity.DECIDE;
import static payments.dr.operations.migration.preflight.PreflightSeverity.NOTE;

import java.util.List;
import payments.dr.operations.postgres.LeaseTrigger;

/** Checks for triggers and rules, which fire when rows or definitions change. */
final class FiringChecks {

  static final List<PreflightCheck> ALL =
      List.of(
          PreflightCheck.source(
              "trigger-in-replication",
              DECIDE,
              "trigger that also fires for replicated rows",
              "what it does at the source is carried, and then done again at the target",
              """
              SELECT c.oid::regclass::text || '.' || t.tgname,
                CASE t.tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END,
                format('ALTER TABLE %s ENABLE TRIGGER %I;', c.oid::regclass, t.tgname)
              FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE t.tgenabled IN ('A', 'R') AND NOT t.tgisinternal AND {ours}"""),
          PreflightCheck.source(
              "rule-in-replication",
              DECIDE,
              "rule that also rewrites what replicas write",
              "rows of the copy may go elsewhere, or nowhere",
              """
              SELECT c.oid::regclass::text || '.' || r.rulename,
                CASE r.ev_enabled WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END,
                format('ALTER TABLE %s ENABLE RULE %I;', c.oid::regclass, r.rulename)
              FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE r.ev_enabled IN ('A', 'R') AND {ours}"""),
          PreflightCheck.source(
              "rule",
              NOTE,
              "rule of a table",
              "replication writes past it, which is right: what it did at the source is carried",
              """
              SELECT c.oid::regclass::text || '.' || r.rulename, 'a rule', 'nothing to do'
              FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
              JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE c.relkind IN ('r', 'p') AND {ours}"""),
          PreflightCheck.both(
              "event-trigger",
              DECIDE,
              "event trigger",
              "it fires when the schema is made at the target, and may refuse or change it",
              """
              SELECT evtname::text, evtevent::text,
                format('ALTER EVENT TRIGGER %I DISABLE;', evtname)
              FROM pg_event_trigger e JOIN pg_proc p ON p.oid = e.evtfoid
              WHERE evtenabled <> 'D'
              AND p.pronamespace IS DISTINCT FROM to_regnamespace('payments_migration')
              AND NOT %s
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_event_trigger'::regclass
                AND d.objid = e.oid AND d.deptype = 'e')"""
                  .replace("%s", LeaseTrigger.IS)));

  private FiringChecks() {}
}
